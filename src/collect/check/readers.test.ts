import assert from "node:assert/strict";
import { test } from "node:test";
import { isHost, readAddress, written } from "./address.ts";
import { readPing as readPingOf } from "./read-ping.ts";

const readPing = (out: string) => readPingOf(out, "ping");

test("addresses are read with a port or without, in both versions of IP", () => {
  assert.deepEqual(readAddress("db-1:3306"), { host: "db-1", port: 3306 });
  assert.deepEqual(readAddress("10.0.0.1", 443), { host: "10.0.0.1", port: 443 });
  assert.deepEqual(readAddress("[fd00::1]:3306"), { host: "fd00::1", port: 3306 });
  assert.deepEqual(readAddress("fd00::1", 443), { host: "fd00::1", port: 443 });
  assert.equal(written({ host: "fd00::1", port: 443 }), "[fd00::1]:443");
  for (const wrong of ["db-1", "db-1:0", "db-1:70000", ":80", "a b:80", "-x:80"])
    assert.equal(readAddress(wrong), undefined, wrong);
});

test("nothing that a program could take for an option of its own is a host", () => {
  for (const right of ["db-1", "10.0.0.1", "fe80::1%eth0", "결제.example.kr"]) assert.ok(isHost(right), right);
  for (const wrong of ["-f", "", "a;b", "$(x)", "a b"]) assert.ok(!isHost(wrong), wrong);
});

test("iputils: all came back", () => {
  const answer = readPing(`PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.418 ms
64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.151 ms
64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.075 ms

--- 10.0.0.2 ping statistics ---
3 packets transmitted, 3 received, 0% packet loss, time 2077ms
rtt min/avg/max/mdev = 0.075/0.214/0.418/0.147 ms
`);
  assert.deepEqual([answer.up, answer.lossRatio, answer.seconds?.toFixed(6)], [true, 0, "0.000214"]);
});

test("iputils: some were lost", () => {
  const answer = readPing(`PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=20.0 ms

--- 10.0.0.2 ping statistics ---
4 packets transmitted, 1 received, 75% packet loss, time 3071ms
rtt min/avg/max/mdev = 20.000/20.000/20.000/0.000 ms
`);
  assert.deepEqual(answer, { up: true, lossRatio: 0.75, seconds: 0.02 });
});

test("iputils: nobody is there, and somebody on the way says so", () => {
  assert.deepEqual(
    readPing(`PING 192.168.1.1 (192.168.1.1) 56(84) bytes of data.
From 192.168.1.10 icmp_seq=1 Destination Host Unreachable

--- 192.168.1.1 ping statistics ---
3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2000ms
pipe 3
`),
    {
      up: false,
      lossRatio: 1,
      because: { code: "host-unreachable", detail: "From 192.168.1.10 icmp_seq=1 Destination Host Unreachable" },
    },
  );
});

test("iputils: nobody answers at all", () => {
  assert.deepEqual(
    readPing(`PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.

--- 192.0.2.1 ping statistics ---
3 packets transmitted, 0 received, 100% packet loss, time 2039ms
`),
    { up: false, lossRatio: 1, because: { code: "no-answer" } },
  );
});

test("busybox and the BSDs write it otherwise", () => {
  const busybox = readPing(`PING app (172.18.0.3): 56 data bytes
64 bytes from 172.18.0.3: seq=0 ttl=64 time=0.144 ms

--- app ping statistics ---
3 packets transmitted, 3 packets received, 0% packet loss
round-trip min/avg/max = 0.128/0.159/0.206 ms
`);
  assert.deepEqual([busybox.up, busybox.lossRatio, busybox.seconds?.toFixed(6)], [true, 0, "0.000159"]);
  const bsd = readPing(`--- 10.0.0.1 ping statistics ---
3 packets transmitted, 2 packets received, 33.3% packet loss
round-trip min/avg/max/stddev = 1.0/2.0/3.0/0.5 ms
`);
  assert.deepEqual([bsd.up, bsd.lossRatio?.toFixed(3), bsd.seconds], [true, "0.333", 0.002]);
});

for (const said of [
  "ping: no-such-host: Name or service not known",
  "ping: bad address 'no-such-host'",
  "ping: no-such-host: Temporary failure in name resolution",
  "ping: cannot resolve no-such-host: Unknown host",
]) {
  test(`a name that nobody knows is not up: ${said}`, () => {
    assert.deepEqual(readPing(`${said}\n`), { up: false, lossRatio: 1, because: { code: "name-not-found" } });
  });
}

test("without a route nothing is up", () => {
  assert.equal(readPing("ping: connect: Network is unreachable\n").up, false);
  assert.equal(readPing("ping: sendto: Network unreachable\n").up, false);
});

test("that ping may not send says nothing about the other side", () => {
  for (const said of [
    "ping: socket: Operation not permitted",
    "ping: permission denied (are you root?)",
    "ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\nping: => missing cap_net_raw+p capability or setuid?",
  ]) {
    const { up, because } = readPing(`${said}\n`);
    assert.equal(up, undefined, said);
    assert.deepEqual(because, { code: "ping-forbidden" });
  }
});

test("an output that nobody knows says nothing about the other side", () => {
  assert.deepEqual(readPing("ping: unrecognized option: w\nBusyBox v1.36\n"), {
    up: undefined,
    because: { code: "program-refused", program: "ping", detail: "ping: unrecognized option: w" },
  });
  assert.equal(readPing("").up, undefined);
});
