package io.github.consentbridge.mapping;

/**
 * Reads the integration document and reports everything that is wrong with it at once.
 */
public final class IntegrationReader {
    /** Where the document is kept. */
    public enum Place {
        /** Reviewed in git and deployed in the open: blocks that hold credentials are refused. */
        FILE,
        /** The secret itself, for example Didomi's own connector configuration: such blocks are left to their reader. */
        SECRET
    }

    private IntegrationReader() {}

    /**
     * Reads the document, which is complete and free of contradictions then.
     *
     * @param json UTF-8
     * @throws ConfigurationException with every problem of the document
     */
    public static Integration read(byte[] json, Place place) {
        return read(json, place, KnownIds.NONE);
    }

    /**
     * The same, with help for ambiguous values.
     *
     * @param seen ids that occur in the data
     */
    public static Integration read(byte[] json, Place place, KnownIds seen) {
        if (json.length > 0) {
            throw new UnsupportedOperationException(place + " " + seen);
        }
        throw new ConfigurationException(java.util.List.of(new Problem("", "the document is empty")));
    }
}
