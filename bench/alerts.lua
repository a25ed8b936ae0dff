-- wrk's requests: BATCH alerts each, of KNOWN series again and again, or (KNOWN=0) of one that was never seen before.
-- endsAt moves on with every second, as Prometheus' does: no two bodies of different seconds are alike.
local batch = tonumber(os.getenv("BATCH"))
local known = tonumber(os.getenv("KNOWN"))
local run = os.getenv("RUN")
-- How many rules the alerts are of; 0: each is of its own.
local rules = tonumber(os.getenv("RULES") or "1")
local count = 0
local stamped, ends = 0, ""

local function alert(n, tag)
  local rule = rules == 0 and n or n % rules
  return string.format(
    '{"labels":{"alertname":"DiskFull-%d","instance":"host-%s-%d:9100","job":"node","severity":"warning","service":"storage"},'
      .. '"annotations":{"summary":"disk of host-%d is full","description":"less than 5 percent are free"},'
      .. '"startsAt":"2026-01-01T00:00:00.123Z","endsAt":"%s","generatorURL":"http://prometheus:9090/graph?g0.expr=up"}',
    rule, tag, n, n, ends)
end

local headers = { ["Content-Type"] = "application/json" }
if os.getenv("TOKEN") ~= "" then headers["Authorization"] = "Bearer " .. os.getenv("TOKEN") end

request = function()
  local now = os.time()
  if now ~= stamped then
    stamped = now
    ends = os.date("!%Y-%m-%dT%H:%M:%S", now + 240) .. ".123Z"
  end
  local parts = {}
  for i = 1, batch do
    count = count + 1
    parts[i] = known > 0 and alert(count % known, "known") or alert(count, run)
  end
  return wrk.format("POST", nil, headers, "[" .. table.concat(parts, ",") .. "]")
end

done = function(summary, latency)
  io.write(string.format("RESULT %d %d %d %.3f %.3f\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
