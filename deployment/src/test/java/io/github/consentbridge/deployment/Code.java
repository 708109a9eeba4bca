package io.github.consentbridge.deployment;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our own compiled classes on the class path of the tests. */
final class Code {
    private static final String PACKAGE = "io/github/consentbridge";
    private static final String TESTS = PACKAGE + "/deployment";

    private Code() {}

    /** The distinct strings in our classes that match. */
    static Set<String> texts(Pattern pattern) {
        return texts(Pattern.compile(".*"), pattern);
    }

    /**
     * The same of some classes.
     *
     * @param classes matches their files' paths below our package, for example {@code sync/worker/.*}
     */
    static Set<String> texts(Pattern classes, Pattern pattern) {
        return Texts.BY_CLASS.entrySet().stream()
                .filter(one -> classes.matcher(one.getKey()).matches())
                .flatMap(one -> one.getValue().stream())
                .filter(pattern.asMatchPredicate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All of our classes, read once: the class path has many jars. */
    private static final class Texts {
        static final Map<String, Set<String>> BY_CLASS = new HashMap<>();

        static {
            Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(System.getProperty("java.class.path"))
                    .forEach(entry -> collect(Path.of(entry), BY_CLASS));
        }
    }

    private static void collect(Path entry, Map<String, Set<String>> found) {
        try {
            if (Files.isDirectory(entry)) {
                collectBelow(entry, found);
            } else if (Files.exists(entry)) {
                try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                    collectBelow(jar.getPath("/"), found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collectBelow(Path root, Map<String, Set<String>> found) throws IOException {
        Path ours = root.resolve(PACKAGE);
        if (!Files.isDirectory(ours) || Files.isDirectory(root.resolve(TESTS))) {
            return;
        }
        try (Stream<Path> files = Files.walk(ours)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                found.put(ours.relativize(file).toString(), Constants.of(Files.newInputStream(file)));
            }
        }
    }

    /** The strings in one class. */
    static Set<String> textsOf(String className) {
        String resource = className.replace('.', '/') + ".class";
        InputStream file = Code.class.getClassLoader().getResourceAsStream(resource);
        if (file == null) {
            throw new AssertionError("there is no class " + className);
        }
        return Constants.of(file);
    }

    /** Whether the class can be loaded with its no-argument constructor, as Lambda does. */
    static boolean isHandler(String className) {
        try {
            Class<?> type = Class.forName(className, false, Code.class.getClassLoader());
            return Arrays.stream(type.getConstructors()).anyMatch(one -> one.getParameterCount() == 0);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
