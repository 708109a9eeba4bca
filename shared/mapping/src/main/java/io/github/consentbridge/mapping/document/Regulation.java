package io.github.consentbridge.mapping.document;

/** A regulation's id as Didomi spells it, for example {@code gdpr} or {@code cpra}. */
public record Regulation(String id) implements Comparable<Regulation> {
    /** The regulation of a delivery or mapping that names none. */
    public static final Regulation GDPR = new Regulation("gdpr");

    public Regulation {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a regulation's id must not be empty");
        }
    }

    @Override
    public int compareTo(Regulation other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
