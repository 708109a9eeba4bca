package io.github.consentbridge.standalone.cli.console;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.CommonOptions;
import io.github.consentbridge.standalone.cli.Termination;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.console.ConsoleServer;
import io.github.consentbridge.standalone.console.HostSubject;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the console until it is stopped. */
@Command(
        name = "console",
        description = {
            "Serves a page on this machine that shows the bridge and works on it as the other commands do.",
            "It prints an address that opens the page once."
        },
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "port to listen on, on this machine only; 0 picks a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--no-open", description = "print the address only, and start no browser")
    private boolean noOpen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65535) {
            throw new UsageException("--port must be 0 to 65535");
        }
        Clock clock = Clock.systemUTC();
        JsonOutcomeLog failures = new JsonOutcomeLog(System.err, Optional::empty, clock);
        HostSubject subject = new HostSubject(options, clock, failures);
        // A mistake in the document is to be reported here, as one sentence.
        subject.integration();
        ConsoleServer console = ConsoleServer.start(subject, Optional.empty(), port, clock);
        Termination.run(console::close);
        announce(console.openingAddress());
        new CountDownLatch(1).await();
        return ExitCode.DONE.number();
    }

    private void announce(URI address) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("the console is at " + address);
        out.println("the address opens it once, within five minutes; Ctrl-C ends the console");
        out.flush();
        if (!noOpen) {
            Browser.open(address);
        }
    }
}
