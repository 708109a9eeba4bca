package io.github.consentbridge.sync.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Dead letters that failed for the same reason. Reasons name requests, contacts and counts, so that each is unique; equal
 * ones differ in nothing else.
 *
 * @param reason with {@code …} in place of what differs
 */
public record DeadLetterGroup(String reason, List<DeadLetterSummary> letters) {
    private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private static final Pattern REQUEST = Pattern.compile("\\brequest (?=[^ )]*\\d)[^ );,]+");
    private static final Pattern GUIDS = Pattern.compile("\\{?" + GUID + "\\}?(?:, \\{?" + GUID + "\\}?)*");
    private static final Pattern ATTEMPTS = Pattern.compile("; \\d+ attempts within (?:\\d+ h )?\\d+ min");
    private static final Pattern RECEIVES = Pattern.compile("\\breceived \\d+ times");

    public DeadLetterGroup {
        letters = List.copyOf(letters);
    }

    /** The groups, the largest first; letters stay in order. */
    public static List<DeadLetterGroup> of(List<DeadLetterSummary> letters) {
        Map<String, List<DeadLetterSummary>> byReason = new LinkedHashMap<>();
        letters.forEach(letter -> byReason.computeIfAbsent(general(letter.reason()), any -> new ArrayList<>())
                .add(letter));
        List<DeadLetterGroup> groups = new ArrayList<>();
        byReason.forEach((reason, group) -> groups.add(new DeadLetterGroup(reason, group)));
        groups.sort((one, other) ->
                Integer.compare(other.letters().size(), one.letters().size()));
        return groups;
    }

    /** A reason without what makes it unique. */
    static String general(String reason) {
        String general = REQUEST.matcher(reason).replaceAll("request …");
        general = GUIDS.matcher(general).replaceAll("…");
        general = ATTEMPTS.matcher(general).replaceAll("; … attempts");
        return RECEIVES.matcher(general).replaceAll("received … times");
    }
}
