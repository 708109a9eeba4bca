package io.github.consentbridge.connectors.dataverse.contact;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns that Dataverse refused for good, and its answer.
 *
 * @param columns logical names in the order of the write
 * @param cause how the columns were found
 * @param answer the answer; its message can quote personal data
 */
public record Refusal(Set<String> columns, Cause cause, WriteResult.Rejected answer) {
    private static final Set<String> COLUMN_SECURITY = Set.of("0x8004f502", "0x8004f507", "0x8004f508");
    private static final Pattern MAX_LENGTH = Pattern.compile("maximum allowed length of '(\\d{1,9})'");
    private static final Pattern ACCEPTED =
            Pattern.compile("Accepted Values: (-?\\d{1,10}(?:\\s?,\\s?-?\\d{1,10}){0,20})(?!\\s?,)");

    /** How the columns were found. */
    public enum Cause {
        /** The answer names them, or no other column was written. */
        NAMED(""),
        /** The answer names none of them, but the write without this column was accepted. */
        LEFT_OUT(" (it names no column, but accepts the others)"),
        /** It is unknown which of them is at fault. */
        UNKNOWN(" (it names no column, and leaving out one at a time does not help)"),
        /** The whole write was refused, for example because a privilege is missing. */
        WHOLE("");

        private final String remark;

        Cause(String remark) {
            this.remark = remark;
        }
    }

    public Refusal {
        columns = new LinkedHashSet<>(columns);
    }

    /** Whether the columns are secured and we have no profile to write them; probably none to read them either. */
    public boolean isColumnSecurity() {
        return COLUMN_SECURITY.contains(answer.code());
    }

    /** Status, code and limit, in words that follow {@code Dataverse refused …}; no values. */
    public String reason() {
        return "with " + answer.status() + (answer.code().isEmpty() ? "" : " " + answer.code()) + limit()
                + cause.remark;
    }

    private String limit() {
        Matcher length = MAX_LENGTH.matcher(answer.message());
        if (length.find()) {
            return ": at most " + length.group(1) + " characters are allowed";
        }
        Matcher options = ACCEPTED.matcher(answer.message());
        return options.find() ? ": accepted values are " + options.group(1).replaceAll("\\s?,\\s?", ", ") : "";
    }
}
