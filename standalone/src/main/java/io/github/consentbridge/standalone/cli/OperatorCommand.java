package io.github.consentbridge.standalone.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that prints one report, as text or as JSON. */
public abstract class OperatorCommand implements Callable<Integer> {
    @Mixin
    protected CommonOptions options;

    @Option(names = "--json", description = "print JSON")
    protected boolean json;

    @Spec
    protected CommandSpec spec;

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
