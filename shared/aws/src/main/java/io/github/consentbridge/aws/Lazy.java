package io.github.consentbridge.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is created on first use; a failure is not cached. Safe for use by several threads. */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        @Nullable T known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }
}
