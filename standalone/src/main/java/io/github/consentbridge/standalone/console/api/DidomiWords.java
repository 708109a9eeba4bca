package io.github.consentbridge.standalone.console.api;

import io.github.consentbridge.mapping.document.DidomiPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Didomi value in words. */
final class DidomiWords {
    private DidomiWords() {}

    /** {@code purpose newsletter}, {@code preference frequency of marketing}, {@code property country}. */
    static String of(DidomiPath path) {
        List<String> kinds = new ArrayList<>(path.parts().keySet());
        List<String> ids = new ArrayList<>(path.parts().values());
        Collections.reverse(ids);
        return kinds.get(kinds.size() - 1) + " " + String.join(" of ", ids);
    }
}
