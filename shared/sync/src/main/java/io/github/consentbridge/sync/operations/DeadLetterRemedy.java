package io.github.consentbridge.sync.operations;

import java.util.List;
import java.util.regex.Pattern;

/** What to do about a reason of dead letters; docs/guides/troubleshooting.md has the causes too. */
public final class DeadLetterRemedy {
    /** For a reason that is not the bridge's own, as where SQS moved the message. */
    public static final String UNKNOWN =
            "Look at one of them and at the log of that time; replay them when the cause is gone.";

    /** The first that is found in a reason counts. */
    private static final List<DeadLetterRemedy> ALL = List.of(
            of(
                    "^contact has no organization user id",
                    "Fill the key column of the contact, then replay; if contacts without a key are usual, discard."),
            of("^ambiguous: ", "Merge the contacts that share this organization user id, then replay."),
            of(
                    "^Dataverse has a contact that it takes for the same",
                    "Correct the key of that contact, or set key_case to lower if only the case differs, then replay."),
            of(
                    "is not a GUID, but contact_key is contactid",
                    "Set contact_key to the column that holds the organization user id, then replay."),
            of(
                    "^the organization user id is blank or too long",
                    "Correct the id where Didomi gets it, then discard: the next choice comes with the right one."),
            of(
                    "^more than \\d+ Didomi users have this organization user id",
                    "Add the id to properties.ignored_keys if it names nobody; otherwise delete Didomi users that are no"
                            + " longer used, then replay."),
            of(
                    "^what is known of the person does not fit into the ledger",
                    "Delete Didomi users that share this organization user id, or map fewer values, then replay."),
            of("^mapping ", "Correct the mapping or the column so that the value fits, then replay."),
            of("^Dataverse refused to clear", "Let the column be empty, or set on_user_deleted to keep, then replay."),
            of("it names no column", "Look at the plug-ins and business rules of the contact table, then replay."),
            of(
                    "^Dataverse refused the ",
                    "Correct the column or the mapping, or give the application user a column security profile, then replay."),
            of(
                    ": (?:at most .* characters are allowed|accepted values are )",
                    "Make the column longer, add the option, or change the mapping, then replay."),
            of(
                    "^Didomi refused the event of ",
                    "Correct the mapping, and compare it with doctor's check of the purposes, then replay."),
            of(
                    "^what Didomi shows of this person cannot be read|^the delivery cannot be read",
                    "The bridge does not know this form: report it with what is shown of one of them."),
            of(
                    "^the contact could not be (?:read|written)",
                    "Look at the plug-ins of the contact table: Dataverse fails for this contact only. Then replay."),
            of(
                    "^the person's Didomi (?:users|events) could not be read|^the event could not be posted",
                    "Ask Didomi's support with the request id of the reason, then replay."),
            of(
                    "^the contact or its ledger entry changed during each of",
                    "Replay later: something keeps changing the contact."));

    private final Pattern reason;
    private final String sentence;

    private DeadLetterRemedy(Pattern reason, String sentence) {
        this.reason = reason;
        this.sentence = sentence;
    }

    private static DeadLetterRemedy of(String reason, String sentence) {
        return new DeadLetterRemedy(Pattern.compile(reason), sentence);
    }

    /**
     * What to do, in a sentence or two.
     *
     * @param reason of a dead letter, or of a {@linkplain DeadLetterGroup group} of them
     */
    public static String sentence(String reason) {
        return ALL.stream()
                .filter(remedy -> remedy.reason.matcher(reason).find())
                .map(remedy -> remedy.sentence)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
