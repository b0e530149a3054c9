-- Sends the lines of the file $BENCH_LINES in order, again and again, and writes a summary to $BENCH_OUT.
-- Each line is the JSON body of a POST to /graphql, or the path of a GET.
local requests, count, sent = {}, 0, 0

function init(args)
  local headers = { ["Content-Type"] = "application/json", ["Accept"] = "application/json" }
  local token = os.getenv("BENCH_TOKEN")
  if token and token ~= "" then headers["Authorization"] = "Bearer " .. token end
  for line in io.lines(os.getenv("BENCH_LINES")) do
    count = count + 1
    if line:sub(1, 1) == "/" then
      requests[count] = wrk.format("GET", line, { ["Accept"] = "application/json" }, nil)
    else
      requests[count] = wrk.format("POST", "/graphql", headers, line)
    end
  end
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % count + 1]
end

function done(summary, latency, _)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local out = io.open(os.getenv("BENCH_OUT"), "w")
  out:write(string.format('{"requests":%d,"seconds":%.4f,"bytes":%d,"p50":%.3f,"p99":%.3f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
  out:close()
end
