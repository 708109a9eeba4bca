package io.github.consentbridge.reconciliation;

/** A system gives the same page as the next one, again and again. */
public final class RepeatedPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepeatedPageException() {
        super("the other system names the same page as the next one again and again: run it once more later; what was"
                + " read so far is settled");
    }
}
