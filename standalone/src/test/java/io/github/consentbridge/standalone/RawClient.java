package io.github.consentbridge.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** Speaks HTTP byte by byte, as no client library would. */
public final class RawClient implements AutoCloseable {
    /** Much longer than any answer should take, much less than a server waits for a slow sender. */
    private static final int TIMEOUT_MILLISECONDS = 8_000;

    private final Socket socket;

    /** Connects to a server on this machine. */
    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLISECONDS);
        socket.setTcpNoDelay(true);
    }

    /** Sends this and gives nothing more than that. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(US_ASCII));
    }

    /** Sends this and gives nothing more than that. */
    public RawClient send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /** The head of a POST request to this path, with these further headers, each of them ended by a line break. */
    public RawClient post(String path, String headers) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    }

    /** The next answer, head and body; fails if the connection ends or nothing comes. */
    public String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            answer.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        byte[] body = socket.getInputStream().readNBytes(length);
        return answer.append('\n').append(new String(body, US_ASCII)).toString();
    }

    /** The next line, without its end. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            line.write(next);
        }
        return line.toString(US_ASCII).stripTrailing();
    }

    private int read() throws IOException {
        int next = socket.getInputStream().read();
        if (next < 0) {
            throw new IOException("the connection ended");
        }
        return next;
    }

    /** The status of the next answer. */
    public int status() throws IOException {
        return Integer.parseInt(answer().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    /** Everything that comes until the server ends the connection. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
