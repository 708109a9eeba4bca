package io.github.consentbridge.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A remote system that answers as no well-behaved server would. */
final class RawServer implements AutoCloseable {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n";

    /** Writes an answer; ends when the connection does. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
    }

    /** A body with one byte a second. */
    static final Answer DRIPPING_BODY = (out, closed) -> {
        out.write(HEAD.getBytes(US_ASCII));
        while (!closed.await(1, TimeUnit.SECONDS)) {
            out.write(' ');
            out.flush();
        }
    };

    /** A head with one byte a second. */
    static final Answer DRIPPING_HEAD = (out, closed) -> {
        for (int index = 0; !closed.await(1, TimeUnit.SECONDS); index++) {
            out.write(index < HEAD.length() ? HEAD.charAt(index) : ' ');
            out.flush();
        }
    };

    /** As much body as the other side takes. */
    static final Answer ENDLESS = (out, closed) -> {
        out.write(HEAD.getBytes(US_ASCII));
        byte[] blanks = " ".repeat(1 << 16).getBytes(US_ASCII);
        while (closed.getCount() > 0) {
            out.write(blanks);
        }
    };

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Answer answer;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    RawServer(Answer answer) throws IOException {
        this.answer = answer;
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Waits until it has been asked something. */
    void awaitRequest() throws InterruptedException {
        asked.await();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> answer(socket));
            }
        } catch (IOException e) {
            // The test is over.
            closed.countDown();
        }
    }

    private void answer(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            asked.countDown();
            answer.write(socket.getOutputStream(), closed);
        } catch (IOException e) {
            // The bridge has broken off.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
