package io.github.consentbridge.functions.registration;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The custom resource's attributes, lines of text for the stack's outputs. CloudFormation accepts answers of at most
 * 4,096 bytes, so each attribute is bounded; the log has everything.
 */
final class ReportAttributes {
    private static final int MAX_REPORT = 1_500;
    private static final int MAX_LEFT_TO_DO = 1_200;
    private static final String NOTHING = "Nothing.";
    private static final String MORE = "… and more: see the function's log.";

    private ReportAttributes() {}

    /** {@code Report}: what was done. {@code LeftToDo}: numbered manual steps. {@code Reminder}: what to undo. */
    static Map<String, String> of(RegistrationReport report) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("Report", lines(done(report), MAX_REPORT));
        attributes.put("LeftToDo", lines(numbered(report.byHand()), MAX_LEFT_TO_DO));
        attributes.put("Reminder", RegistrationReport.REMINDER);
        return attributes;
    }

    private static List<String> done(RegistrationReport report) {
        return Stream.of(report.created(), report.changed(), report.removed(), report.unchanged())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> numbered(List<String> steps) {
        return IntStream.range(0, steps.size())
                .mapToObj(index -> (index + 1) + ". " + steps.get(index))
                .toList();
    }

    /** As many complete lines as fit. */
    private static String lines(List<String> lines, int maxBytes) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            kept.add(line);
            if (bytes(String.join("\n", kept) + "\n" + MORE) > maxBytes) {
                kept.set(kept.size() - 1, MORE);
                break;
            }
        }
        return kept.isEmpty() ? NOTHING : String.join("\n", kept);
    }

    /** The size in JSON. */
    private static int bytes(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }
}
