package io.github.consentbridge.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first needed; a failure is not remembered. Safe for use by several threads. */
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
