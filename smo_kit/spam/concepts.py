"""What words are about, in a dozen languages: income, contact, gift, small talk, …

A concept carries over where words don't: what a filter has learned of "earn" and "DM me" it knows of «заработок» and
«в личку». The list is ours, made by hand; ``*`` at the end of a word stands for any ending.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from smo_kit.networks.registry import dead_networks, networks_that_can

WORDS: Final[dict[str, str]] = {
    "income": """
        earn* income* salar* paid payout* profit* wage* revenue commission* заработ* зароб* доход* зарплат* зп
        оплат* прибыл* выплат* окуп* процент* аванс* ставка выручк* доходность* penghasil* gaji untung* cuan
        profit gana* ingreso* sueldo* verdien* ganar* gehalt rendimento* lucro* renda kazan* gelir maas zarob*
        revenu* salaire* gagner* guadagn*
    """,
    "hire": """
        job jobs hiring hire vacanc* recruit* employ* apply candidate* ваканс* требу* набира* набор подработ*
        подроб* удален* удалён* дистанц* сотруднич* сотрудник* партнер* партнёр* команду команда занятост*
        график* ищем ищу нужны нужен нанима* приглаша* работник* курьер* мужчин* женщин* гражданств* жиль*
        предоставл* lowongan kerja karyawan loker trabajo empleo trabalho vaga emprego arbeit praca calisan
        emploi travail lavoro
    """,
    "gamble": """
        casino* bet bets betting poker jackpot* slot* gambl* lottery roulette bingo казино ставк* букмек* покер*
        джекпот* слот* рулетк* фриспин* тотализ* gacor* maxwin* togel* judi* depo depos* wd jp scatter*
        pragmatic* mahjong* rtp withdraw* hoki* spin* menang* olympus zeus* petir apuesta* aposta* wett* bahis*
        hazard
    """,
    "contact": """
        contact* call txt text* whats wa tg dm pm inbox reply sms send email
        e-mail лс личк* личн* пиши* напиш* пишіть звони* позвон* обращ* связ* отпиш* откликн* стучи* телеграм*
        ватсап* вотсап* вайбер* тг директ* почт* hubung* chat japri kontak contacto escrib* llama* mensagem
        chame kontakt* schreib* iletisim ecris* contatt* napisz*
    """,
    "promo": """
        subscrib* subs sub channel* playlist* follow* visit* website* site* blog* link* check checkout click*
        page fb insta yt remix cover upload* posted
        подпис* канал* ссылк* переход* перейд* заход* зайд* жми* профил* аккаунт* описан* био сайт* групп*
        сообществ* репост* kunjung* klik* link situs* web* daftar* login join* gabung* register* regist*
        suscrib* canal* sigue* enlace* inscreva* abonn* kanal* abone* takip* strona kanał* abbon* iscriv* chaine
    """,
    "gift": """
        free win won winner* prize* claim* gift* bonus* promo* discount* offer* voucher* award* reward* coupon*
        giveaway* ringtone* selected congrat* airdrop* бесплат* безкоштов* приз приза призы призов выигр* бонус*
        скидк* акци* подар* промокод* розыгрыш* халяв* вознагражд* раздач* аирдроп* эирдроп* дроп gratis*
        hadiah* diskon* premio* regalo* descuento* gratuit* kostenlos* rabatt* gutschein* desconto* oferta*
        ucretsiz hediye* kampanya* darmow* nagrod* omaggio sconto
    """,
    "money": """
        dollar* pound* usd usdt usdc money cash crypto* bitcoin* btc eth coin* token* invest* loan* credit*
        forex bank* wallet* trading trade* euro* руб рублей рубля тыс тысяч* деньг* денег денюж* грош* крипт*
        биткоин* битк* кредит* займ* инвест* вложен* бабк* бабл* баксов доллар* валют* обмен* трейд* арбитраж*
        бирж* карт кошел* миллион* uang* juta* ribu* modal* pinjam* duit saldo* dana dinero geld para kredi*
        dinheiro pieni* argent soldi
    """,
    "adult": """
        sex* sexy nude* naked porn* dating single* xxx hot horny escort* onlyfans webcam boobs секс* интим*
        эскорт* девуш* девочк* порно* порнух* знакомств* эротик* вирт* голые голая сиськ* шлюх* bokep* ngentot
        sexo* bekanntsch*
    """,
    "urgent": """
        urgent* hurry limited guarant* expire* instant* immediately exclusive* last only срочн* гарант* успей*
        успева* спеши* сегодня завтра ежедневн* кажд* быстр* огранич* эксклюзив* терминов* sekarang terbatas
        buruan segera langsung cepat* kilat urgente limitad* garant* sofort jetzt hemen teraz limitowan*
        maintenant
    """,
    "trade": """
        buy sell* order* price* cheap* shop* store* sale* service* support* customer* deliver* quality deal*
        rent product* brand company business agency marketing seo printer antivirus quickbooks купл* куплю купи*
        прода* заказ* цена цене цены стоим* магазин* достав* качеств* услуг* аренд* дешев* выгод* налич* опт*
        товар* бренд* компани* бизнес* реклам* проект* маркет* менеджер* клиент* продвиж* jual* beli* harga
        murah* pesan* toko compra* vend* precio* barat* kauf* preis* satis* fiyat* sprzeda* kup* prix achet*
        loja preco*
    """,
    "pharma": """
        viagra cialis pill* pharma* weight diet keto cbd erectile виагр* похуд* препарат* таблет* здоровь*
        лечени* спайс мефедрон* закладк* марихуан* obat* kurus
    """,
    "watch": """
        download* movie* stream* mp3 torrent* episode* film* app скача* фильм* сериал* трейлер* видос* nonton*
        unduh* aplikasi pelicula* descarga* baixar
    """,
    "persuade": """
        trusted legit* proof proven easy easily simple simply success* opportunit* experienc* training legal*
        mentor* professional* expert* best secur* safe проверен* надежн* надёжн* обуч* легк* лёгк* прост*
        успешн* успех* возможност* опыт* законн* легальн* доверен* стабильн* минимал* специалист* професс*
        пассивн* серьезн* серьёзн* безопасн* свободн* терпимо перспектив* развит* курс* вебинар* terpercaya*
        tepercaya* terbukti* resmi* mudah* aman* terbaik* gampang* confiable* facil* sicher* einfach* guvenilir*
        kolay* łatw*
    """,
    "course": """
        training course* webinar* consult* therap* coach* astrolog* психолог* психотерап* консультац* таро*
        гадан* расклад* астролог* эзотер* ясновид* терап* тренинг* марафон* коуч* наставни* медитац* энерг*
        предназнач* осозна* ответ трансформац* подсозна* травм* эмоци*
    """,
    "ask": """
        please pls plz help* vote* donat* like share* support* thumbs пожалуйст* помог* помощ* лайк* поддерж*
        голосу* tolong bantu* dukung* bitte por favor lütfen
    """,
    "mine": """
        my our mine мой моя мое моё мои моем моём моей моего наш наша наше нашем нашу нашей naš mi mein unser
        minha meu benim moj mon
    """,
    "me": """
        i me im i'm i've ill я мне меня мной saya aku kami gue gw yo eu ich ben je
    """,
    "query": """
        why how what who when which anyone почему как что кто зачем где когда какой какая какие сколько куда чё
        че шо kenapa bagaimana apa siapa gimana kapan porque como que warum wie nasil neden dlaczego pourquoi
        comment
    """,
    "you": """
        you your u ur yours вы вам вас ваш ваша ваши вами kamu anda kalian tu usted vosotros ihr euch siz
    """,
    "thou": """
        ты тебе тебя тобой твой твоя твои твое kau lo lu du sen
    """,
    "think": """
        think thought believe guess feel know understand agree mean maybe probably actually думаю считаю кажется
        знаю понимаю согласен наверн* вроде возможно может понял пон menurut kira* tahu tau rasa* mungkin creo
        pienso denke glaube
    """,
    "thanks": """
        thanks thank thx cheers appreciate спасибо спс благодар* дякую makasih terimakasih terima gracias danke
        obrigado merci teşekkür* dzięki grazie
    """,
    "people": """
        guys everyone everybody человек* люди людей людям ребят* друзья всем каждому желающ* заинтересован*
        активн* целеустремл* ответственн* orang* teman* bos bosku bossku member* kawan* gente leute personas
    """,
    "age": """
        old year* years age adult* лет года год возраст* совершеннолет* umur tahun anos jahre
    """,
    "chat": """
        lol lmao haha* hehe* omg yeah yep yes no nope dude bro ok okay ya hey hi wow wtf damn gonna wanna kinda
        sorry ну да нет блин короче типа ага лол хз имхо ахах* хаха* ха ахаха* кек ладно ок окей вот это там тут
        же ж бы просто уже еще ещё щас ща сейчас тоже вообще вообщем ведь либо пока wkwk* anjir* iya nih dong
        sih deh kok lah gak nggak ga kan tuh aja mang kang bang mas pak bu jaja* jeje*
    """,
    "curse": """
        fuck* shit* crap* ass bitch* hell stupid idiot* suck* бля* пизд* хуй* хуе* хуё* хуя* нахуй* еба* ёба*
        сука* говн* жоп* дебил* долбо* пидор* тупо* тупой нахер* хрен* anjing* goblok* bangsat* puta mierda
        scheiss*
    """,
    "praise": """
        love* loved best awesome great nice good cool amazing beautiful favorite favourite funny epic excellent
        perfect interesting люблю класс* круто* супер* красив* хорош* отлич* норм* лучше топ прикольн* интересн*
        mantap* keren* bagus* suka* hebat* sehat* sukses* semoga hadir* salam* lucu* enak* bueno genial lindo
        gut toll schön süper güzel
    """,
    "media": """
        song* music video* band album* voice dance* listen* sing* singer watch* views billion артикл* post
        article* tutorial* song песн* музык* клип* lagu* konten* vlog* nonton
    """,
    "tech": """
        code* error* version* install* windows server* data python function* file* problem* issue* код* ошибк*
        версия установ* проблем* видюх* проц комп* память диск игр* играть видеокарт* драйвер* ноут*
    """,
    "home": """
        home dinner lunch tonight tomorrow morning sleep work mom mum dad night later wait coming meet дома
        домой спать утром вечером мама папа поехал пришел пришёл rumah makan tidur pagi malam nanti
    """,
}
"""Words of each concept, in the small plain letters of ``folding``."""

ENDINGS: Final[dict[str, re.Pattern[str]]] = {
    "imperative": re.compile("[а-яё]{2,}(?:йте|ите|йтесь|итесь|йся|ись)$"),
    "we": re.compile("[а-яё]{3,}(?:аем|яем|уем|ием|ечим|чим|вим|дим)$"),
    "formal": re.compile(
        "[а-яё]{3,}(?:ени[еяюй]|ением|ание|ания|ост[ьи]|аци[яи]|ств[оа])$|[a-z]{3,}(?:tions?|ment|ness|ity)$"
    ),
    "thou": re.compile("[а-яё]{2,}(?:[еиё]шь|[еи]шься)$"),
    "past": re.compile("[а-яё]{2,}(?:[аиея]л|[аие]ла|[аие]ли|лся|лась|лось)$|[a-z]{3,}ed$"),
    "doing": re.compile("[a-z]{3,}ing$"),
}
"""Endings that say how somebody speaks."""
ENDING_LENGTH: Final = 12
"""So many letters at the end of a word are enough for each; searched for in a word of 3,000 they take seconds."""

SELLING: Final = frozenset(
    {
        "adult",
        "ask",
        "contact",
        "course",
        "gamble",
        "gift",
        "hire",
        "imperative",
        "income",
        "money",
        "network",
        "people",
        "persuade",
        "pharma",
        "promo",
        "trade",
        "urgent",
        "watch",
        "we",
    }
)
"""Concepts that advertising lives on."""
TALKING: Final = frozenset(
    {"chat", "curse", "think", "query", "thou", "me", "praise", "tech", "home", "past", "thanks"}
)
"""Concepts of conversation."""


_EVERYDAY: Final = frozenset({"digg", "email", "line", "max", "ok", "rss", "sms", "threads", "x"})


def _tables() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    whole: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    for concept, words in WORDS.items():
        for word in words.split():
            table = beginnings if word.endswith("*") else whole
            table.setdefault(word.rstrip("*"), set()).add(concept)
    return whole, beginnings


_WHOLE, _BEGINNINGS = _tables()
_LENGTHS: Final = range(2, max(map(len, _BEGINNINGS)) + 1)


@cache
def _networks() -> frozenset[str]:
    """Return the names of networks that are no words of every day, and to which somebody could be called away."""
    living = networks_that_can("share") + networks_that_can("follow")
    names = {one.id for one in living} | {one.id for one in dead_networks()}
    return frozenset(names - _EVERYDAY)


@lru_cache(maxsize=50_000)
def concepts_of(word: str) -> tuple[str, ...]:
    """Return what a word is about, in the order of the alphabet; mostly nothing."""
    found = set(_WHOLE.get(word, ()))
    for length in _LENGTHS:
        if length > len(word):
            break
        found |= _BEGINNINGS.get(word[:length], set())
    if word in _networks():
        found.add("network")
    found.update(name for name, ending in ENDINGS.items() if ending.search(word[-ENDING_LENGTH:]))
    return tuple(sorted(found))
