package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.mapping.Regulation;

/** Names one Didomi value under one regulation: the unit that is settled. Several columns may be mapped to it. */
public record RegisterId(Regulation regulation, DidomiPath value) implements Comparable<RegisterId> {

    /** The value that a mapping shows. */
    public static RegisterId of(Mapping mapping) {
        return new RegisterId(mapping.regulation(), mapping.value());
    }

    /** A text that stands for this register in the ledger; {@link #ofKey} reads it back. */
    public String key() {
        return regulation.id() + "|" + value.key();
    }

    /** Reads what {@link #key()} wrote. */
    public static RegisterId ofKey(String key) {
        int bar = key.indexOf('|');
        return new RegisterId(new Regulation(key.substring(0, bar)), DidomiPath.ofKey(key.substring(bar + 1)));
    }

    @Override
    public int compareTo(RegisterId other) {
        int byRegulation = regulation.compareTo(other.regulation);
        return byRegulation != 0 ? byRegulation : value.compareTo(other.value);
    }
}
