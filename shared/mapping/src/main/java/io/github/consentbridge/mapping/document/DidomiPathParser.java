package io.github.consentbridge.mapping.document;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.consentbridge.mapping.json.ClosestName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses the flattened strings with which Didomi's connectors name a value, for example
 * {@code consents_purposes_cookies_preferences_newsletter_channel_email_enabled}.
 *
 * <p>The grammar is inferred from Didomi's examples. It is ambiguous, because ids may contain the words that separate
 * them. Known ids decide, longest first: the purpose, then the preference, then the channel. Otherwise the string is
 * split at every such word, if there is only one way to do so.
 */
public final class DidomiPathParser {
    private static final String PURPOSES = "consents_purposes_";
    private static final String PREFERENCES = "consents_preferences_";
    private static final String ENABLED = "_enabled";
    private static final String PREFERENCE_WORD = "_preferences_";
    private static final String CHANNEL_WORD = "_channel_";

    private final KnownIds known;

    public DidomiPathParser(KnownIds known) {
        this.known = known;
    }

    /**
     * Parses one flattened string.
     *
     * @throws IllegalArgumentException if the string names nothing or has several readings; the message says what to
     *     write instead
     */
    public DidomiPath parse(String value) {
        if (UserField.named(value).isPresent()) {
            return new DidomiPath.Property(value);
        }
        List<DidomiPath> readings = readings(value);
        if (readings.isEmpty()) {
            throw new IllegalArgumentException(unknown(value));
        }
        List<DidomiPath> left = mostParts(narrowed(readings));
        if (left.size() > 1) {
            throw new IllegalArgumentException("\"%s\" has several readings: replace it by one of %s"
                    .formatted(
                            value,
                            left.stream().map(DidomiPathParser::objectForm).collect(joining(", "))));
        }
        return left.get(0);
    }

    /** Every possible reading of the string, regardless of known ids. */
    static List<DidomiPath> readings(String value) {
        List<DidomiPath> readings = new ArrayList<>();
        if (value.endsWith(ENABLED)) {
            String body = value.substring(0, value.length() - ENABLED.length());
            if (body.startsWith(PURPOSES)) {
                addPurposes(readings, body.substring(PURPOSES.length()));
            } else if (body.startsWith(PREFERENCES)) {
                addPreferences(readings, null, body.substring(PREFERENCES.length()));
            }
        }
        return readings;
    }

    private static void addPurposes(List<DidomiPath> readings, String rest) {
        if (rest.isEmpty()) {
            return;
        }
        readings.add(new DidomiPath.Purpose(rest));
        for (Split split : splits(rest, CHANNEL_WORD)) {
            readings.add(new DidomiPath.Channel(split.before(), null, split.after()));
        }
        for (Split split : splits(rest, PREFERENCE_WORD)) {
            addPreferences(readings, split.before(), split.after());
        }
    }

    private static void addPreferences(List<DidomiPath> readings, @Nullable String purpose, String rest) {
        if (rest.isEmpty()) {
            return;
        }
        readings.add(new DidomiPath.Preference(purpose, rest));
        for (Split split : splits(rest, CHANNEL_WORD)) {
            readings.add(new DidomiPath.Channel(purpose, split.before(), split.after()));
        }
    }

    private record Split(String before, String after) {}

    /** Splits at each occurrence of the word between two ids; occurrences may overlap. */
    private static List<Split> splits(String text, String word) {
        List<Split> splits = new ArrayList<>();
        for (int at = text.indexOf(word, 1); at > 0; at = text.indexOf(word, at + 1)) {
            if (at + word.length() < text.length()) {
                splits.add(new Split(text.substring(0, at), text.substring(at + word.length())));
            }
        }
        return splits;
    }

    private List<DidomiPath> narrowed(List<DidomiPath> readings) {
        List<DidomiPath> left = longestKnown(readings, "purpose", known.purposes());
        left = longestKnown(left, "preference", known.preferences());
        return longestKnown(left, "channel", known.channels());
    }

    private static List<DidomiPath> longestKnown(List<DidomiPath> readings, String part, Set<String> ids) {
        List<Integer> lengths = new ArrayList<>();
        for (DidomiPath reading : readings) {
            @Nullable String id = reading.parts().get(part);
            lengths.add(id != null && ids.contains(id) ? id.length() : 0);
        }
        return highest(readings, lengths);
    }

    private static List<DidomiPath> mostParts(List<DidomiPath> readings) {
        List<Integer> parts = new ArrayList<>();
        for (DidomiPath reading : readings) {
            parts.add(reading.parts().size());
        }
        return highest(readings, parts);
    }

    /** The readings with the highest number; all if none is above the others. */
    private static List<DidomiPath> highest(List<DidomiPath> readings, List<Integer> numbers) {
        int highest = Collections.max(numbers);
        List<DidomiPath> left = new ArrayList<>();
        for (int index = 0; index < readings.size(); index++) {
            if (numbers.get(index) == highest) {
                left.add(readings.get(index));
            }
        }
        return left;
    }

    private static String objectForm(DidomiPath path) {
        return path.parts().entrySet().stream()
                .map(member -> "\"%s\": \"%s\"".formatted(member.getKey(), quoted(member.getValue())))
                .collect(joining(", ", "{", "}"));
    }

    private static String quoted(String id) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(id));
    }

    private static String unknown(String value) {
        return ("\"%s\" names no Didomi value: write consents_purposes_<purpose>_enabled, {\"purpose\": \"<purpose>\"}"
                        + " or a field of the user such as %s")
                .formatted(value, ClosestName.to(value, UserField.names()));
    }
}
