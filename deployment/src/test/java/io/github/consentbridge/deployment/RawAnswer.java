package io.github.consentbridge.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that is sent byte by byte, because client libraries do not send what the server refuses.
 *
 * @param headers values by names in any case
 */
record RawAnswer(int status, Map<String, String> headers, String body) {
    private static final int TIMEOUT_MILLISECONDS = 20_000;

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /**
     * Sends a request and reads its answer, also if the request is not complete.
     *
     * @param head request line and headers, each ended by a line break
     */
    static RawAnswer to(int port, String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            socket.getOutputStream().write((head + "Host: a\r\n\r\n").getBytes(UTF_8));
            socket.getOutputStream().write(body);
            return read(socket.getInputStream());
        }
    }

    private static RawAnswer read(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String statusLine = line(in);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(": *", 2);
            headers.put(header[0], header[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new RawAnswer(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, new String(body, UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
