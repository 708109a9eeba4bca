package io.github.consentbridge.browsertests;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium and its driver, as this machine has them: nothing is downloaded. */
record Chromium(Path program, Path driver) {
    private static final String MISSING =
            "skipped: there is no Chromium here. Install it with its driver (Debian: apt-get install chromium"
                    + " chromium-driver), or name them in CHROMIUM and CHROMEDRIVER";

    /** The installed one; without it the test is skipped, and says so. */
    static Chromium installed() {
        Optional<Path> program = find("CHROMIUM", List.of("chromium", "chromium-browser", "google-chrome"));
        Optional<Path> driver = find("CHROMEDRIVER", List.of("chromedriver"));
        boolean found = program.isPresent() && driver.isPresent();
        if (!found) {
            System.out.println(MISSING);
        }
        Assumptions.assumeTrue(found, MISSING);
        return new Chromium(program.orElseThrow(), driver.orElseThrow());
    }

    private static Optional<Path> find(String variable, List<String> names) {
        String named = System.getenv().getOrDefault(variable, "");
        Stream<Path> places = named.isEmpty()
                ? Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                : Stream.of(Path.of(named));
        return places.filter(Files::isExecutable).findFirst();
    }
}
