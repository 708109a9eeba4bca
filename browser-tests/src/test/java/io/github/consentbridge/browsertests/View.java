package io.github.consentbridge.browsertests;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How somebody looks at a page. */
record View(Theme theme, Width width) {
    /** The colour scheme that the reader's system asks for. */
    enum Theme {
        LIGHT,
        DARK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of the window. */
    enum Width {
        NARROW(360, 780),
        WIDE(1440, 900);

        final int pixels;
        final int height;

        Width(int pixels, int height) {
            this.pixels = pixels;
            this.height = height;
        }
    }

    static final View WIDE_LIGHT = new View(Theme.LIGHT, Width.WIDE);

    private static final View NARROW_DARK = new View(Theme.DARK, Width.NARROW);

    /** Each theme and each width; with {@code -Devery.view=true}, as in continuous integration, each theme at each width. */
    static List<View> chosen() {
        return Boolean.getBoolean("every.view") ? all() : List.of(WIDE_LIGHT, NARROW_DARK);
    }

    private static List<View> all() {
        return Stream.of(Theme.values())
                .flatMap(theme -> Stream.of(Width.values()).map(width -> new View(theme, width)))
                .toList();
    }

    @Override
    public String toString() {
        return theme.word() + "-" + width.name().toLowerCase(Locale.ROOT);
    }
}
