package io.github.consentbridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The bridge's log file, which others can read along. The bridge writes each line at once. Safe for several threads. */
final class OutcomeLines extends OutputStream {
    private final OutputStream file;
    private final List<Consumer<String>> readers = new CopyOnWriteArrayList<>();

    OutcomeLines(OutputStream file) {
        this.file = file;
    }

    /** @param reader gets each line from now on, in the thread that logs it */
    void read(Consumer<String> reader) {
        readers.add(reader);
    }

    @Override
    public void write(int character) throws IOException {
        file.write(character);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
        String line = new String(bytes, offset, length, UTF_8);
        readers.forEach(reader -> reader.accept(line));
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
