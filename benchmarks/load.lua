-- wrk's requests: arguments are what reports ("ours" or "peer") and a file with one page a line.
-- Each request comes from another reader: a random address in the header of a proxy.
local pages, peer = {}, false
local browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

function init(arguments)
  peer = arguments[1] == "peer"
  for line in io.lines(arguments[2]) do pages[#pages + 1] = line end
  math.randomseed(os.time() + tonumber(tostring(pages):match("0x(%x+)"), 16) % 1000003)
end

function request()
  local page = pages[math.random(#pages)]
  local headers = {
    ["Host"] = "127.0.0.1",
    ["User-Agent"] = browser,
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["X-Forwarded-For"] = table.concat({math.random(11, 99), math.random(255), math.random(255), math.random(255)}, "."),
  }
  if peer then
    headers["X-Requested-With"] = "XMLHttpRequest"
    headers["X-CSRFToken"] = string.rep("a", 32)
    headers["Cookie"] = "csrftoken=" .. string.rep("a", 32)
    return wrk.format("POST", "/hitcount/hit/ajax/", headers, "hitcountPK=" .. page)
  end
  headers["Sec-Fetch-Site"] = "same-origin"
  return wrk.format("POST", "/smo/seen/", headers, "o=" .. page)
end
