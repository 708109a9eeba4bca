package io.github.consentbridge.standalone.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Searches the files of a data folder for what must not be in them, in each form in which it could be there. */
public final class FolderBytes {
    /** So much of a stored value is unlikely to occur elsewhere. */
    private static final int PIECE = 24;

    private final Path folder;

    /** What is searched, by its name; bytes as ISO 8859-1, which has a character for each. */
    private final Map<String, String> needles = new LinkedHashMap<>();

    public FolderBytes(Path folder) {
        this.folder = folder;
    }

    /** Searches this text from now on, also escaped as in JSON. */
    public FolderBytes text(String name, String text) {
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            add(name + " in " + charset, text.getBytes(charset));
        }
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(unit -> escaped.append(
                        unit < 0x80 ? Character.toString(unit) : String.format(Locale.ROOT, "\\u%04x", unit)));
        add(name + " in JSON", escaped.toString().getBytes(UTF_8));
        return this;
    }

    /** Searches this id from now on, as text and in both binary forms. */
    public FolderBytes id(String name, UUID id) {
        for (String text : List.of(id.toString(), id.toString().replace("-", ""))) {
            text(name, text);
            text(name, text.toUpperCase(Locale.ROOT));
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        add(name + " in binary", bytes.array());
        // As .NET writes it.
        long high = id.getMostSignificantBits();
        bytes.putInt(0, Integer.reverseBytes((int) (high >>> 32)))
                .putShort(4, Short.reverseBytes((short) (high >>> 16)))
                .putShort(6, Short.reverseBytes((short) high));
        add(name + " in .NET's binary", bytes.array());
        return this;
    }

    /** Searches pieces of these packed texts from now on. Fails if there are none. */
    public FolderBytes stored(String name, String query) throws Exception {
        List<byte[]> values = new ArrayList<>();
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bridge.db"));
                Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getBytes(1));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing is stored: " + query);
        }
        for (byte[] value : values) {
            // The first ones are the header of a packed text, which all have.
            for (int from = PIECE; from + PIECE <= value.length; from += PIECE * Math.max(1, value.length / 4000)) {
                byte[] piece = new byte[PIECE];
                System.arraycopy(value, from, piece, 0, PIECE);
                add(name + " from byte " + from, piece);
            }
        }
        return this;
    }

    private void add(String name, byte[] bytes) {
        needles.putIfAbsent(new String(bytes, ISO_8859_1), name);
    }

    /** The names of what is in the files, with the files. */
    public List<String> found() throws Exception {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> file : contents().entrySet()) {
            needles.forEach((needle, name) -> {
                if (file.getValue().contains(needle)) {
                    found.add(name + " in " + file.getKey());
                }
            });
        }
        return found;
    }

    /** Read by another process: if this one closed one of the files, SQLite would lose its locks. */
    private Map<String, String> contents() throws Exception {
        Path copy = Files.createTempDirectory(folder.getParent(), "copy");
        Process process = new ProcessBuilder("cp", "-r", folder + "/.", copy.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("the folder cannot be copied");
        }
        Map<String, String> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.getFileName().toString().startsWith("sqlite-")) {
                    contents.put(copy.relativize(file).toString(), Files.readString(file, ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
