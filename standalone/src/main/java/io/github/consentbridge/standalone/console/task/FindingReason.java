package io.github.consentbridge.standalone.console.task;

import java.util.regex.Pattern;

/** The reasons of differences without what makes each of them unique, so that they can be counted. */
final class FindingReason {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private FindingReason() {}

    /** The reason with {@code …} in place of times. */
    static String general(String reason) {
        return TIME.matcher(reason).replaceAll("…");
    }
}
