package io.github.consentbridge.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.sync.intake.WebhookReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the page: ours, and those of its libraries, from the class path. Safe for use by several threads. */
final class StaticFiles {
    private static final String OURS = "/console/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String ASSETS = "/assets/";

    /** No path with a dot at the beginning of a part gets past it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(?:/[a-z0-9_-]+)*\\.(?:js|css|svg|html)");

    private static final Map<String, String> LIBRARIES = Map.of(
            "/lib/lit-html.js", WEBJARS + "lit-html/3.3.1/lit-html.js",
            "/lib/uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.esm.js",
            "/lib/uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8");

    /** There are few, and they do not change while the process runs. */
    private final Map<String, WebhookReply> read = new ConcurrentHashMap<>();

    /** The file at this path. */
    Optional<WebhookReply> at(String path) {
        return resource(path).flatMap(this::file);
    }

    /** The page. */
    WebhookReply index() {
        return file(OURS + "index.html")
                .orElseThrow(() -> new IllegalStateException("the console's page is missing in the jar"));
    }

    private static Optional<String> resource(String path) {
        if (path.startsWith(ASSETS)) {
            String name = path.substring(ASSETS.length());
            return Optional.of(OURS + name).filter(any -> NAME.matcher(name).matches());
        }
        return Optional.ofNullable(LIBRARIES.get(path));
    }

    private Optional<WebhookReply> file(String resource) {
        @Nullable WebhookReply known = read.get(resource);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<WebhookReply> file = load(resource);
        file.ifPresent(reply -> read.put(resource, reply));
        return file;
    }

    private static Optional<WebhookReply> load(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
            return Optional.of(
                    new WebhookReply(200, Map.of("content-type", type), new String(in.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
