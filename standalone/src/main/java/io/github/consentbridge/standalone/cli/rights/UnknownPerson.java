package io.github.consentbridge.standalone.cli.rights;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.CommonOptions;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;

/** Says that nothing is known of a person. */
final class UnknownPerson {
    private UnknownPerson() {}

    /** Prints it; the exit code. */
    static int print(String key, CommonOptions options, PrintWriter err) {
        String waiting = OperatorHost.isOnAws(options) ? " (" + Explanation.NOT_SEARCHABLE + ")" : "";
        err.println(VisibleText.of(
                "nothing is known of " + key + " here: check its spelling, or search with find" + waiting));
        return ExitCode.FINDINGS.number();
    }
}
