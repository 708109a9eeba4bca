package io.github.consentbridge.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sample deliveries of {@code events/}, which are part of the jar. */
final class SampleEvents {
    private static final String SUFFIX = ".json";

    private SampleEvents() {}

    /** Name to content, by name. */
    static SortedMap<String, byte[]> all() throws IOException {
        try {
            URI folder = Objects.requireNonNull(SampleEvents.class.getResource("/events"), "events")
                    .toURI();
            if (!folder.getScheme().equals("jar")) {
                return read(Path.of(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
                return read(jar.getPath("/events"));
            }
        } catch (URISyntaxException e) {
            throw new IOException("the sample deliveries cannot be found in the jar", e);
        }
    }

    private static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> samples = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    samples.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
                }
            }
        }
        return samples;
    }
}
