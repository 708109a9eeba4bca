package io.github.consentbridge.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends prepared requests over persistent connections. It uses plain sockets, because it shares the processors with
 * what it measures and must cost little.
 */
final class Senders {
    private final int port;
    private final int connections;

    Senders(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** The answers of the server. */
    static final class Result {
        private final int accepted;
        private final double seconds;
        private final long[] nanoseconds;

        /** The duration of each request in nanoseconds, in any order. */
        private Result(int accepted, double seconds, long[] nanoseconds) {
            this.accepted = accepted;
            this.seconds = seconds;
            this.nanoseconds = nanoseconds;
            Arrays.sort(nanoseconds);
        }

        int accepted() {
            return accepted;
        }

        double seconds() {
            return seconds;
        }

        double millisecondsAt(double share) {
            return nanoseconds[(int) Math.min(nanoseconds.length - 1L, Math.round(share * nanoseconds.length))] / 1e6;
        }
    }

    static byte[] request(int port, String key, String body) {
        byte[] content = body.getBytes(UTF_8);
        byte[] head = ("POST /webhooks/didomi HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nx-consent-bridge-key: " + key + "\r\nContent-Length: "
                        + content.length + "\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        return request;
    }

    Result send(List<byte[]> requests) throws InterruptedException {
        long[] nanoseconds = new long[requests.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        Thread[] threads = new Thread[connections];
        long start = System.nanoTime();
        for (int index = 0; index < connections; index++) {
            threads[index] = new Thread(() -> sendAll(requests, next, accepted, nanoseconds));
            threads[index].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(accepted.get(), seconds, nanoseconds);
    }

    private void sendAll(List<byte[]> requests, AtomicInteger next, AtomicInteger accepted, long[] nanoseconds) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (int index = next.getAndIncrement(); index < requests.size(); index = next.getAndIncrement()) {
                long start = System.nanoTime();
                out.write(requests.get(index));
                if (readStatus(in) == 202) {
                    accepted.incrementAndGet();
                }
                nanoseconds[index] = System.nanoTime() - start;
            }
        } catch (IOException e) {
            throw new IllegalStateException("the door closed a connection", e);
        }
    }

    private static int readStatus(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended in the middle of an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
