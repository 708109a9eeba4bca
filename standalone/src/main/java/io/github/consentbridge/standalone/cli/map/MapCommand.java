package io.github.consentbridge.standalone.cli.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.cli.CommonOptions;
import io.github.consentbridge.standalone.cli.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what deliveries would change. */
@Command(
        name = "map",
        description = {
            "Shows which choices deliveries of Didomi or Dynamics contain for the mapped columns. Sends nothing.",
            "Dataverse is not asked: column types are deduced from the mappings and the values, and a change in"
                    + " Dynamics is assumed not to be the bridge's own."
        },
        mixinStandardHelpOptions = true)
public final class MapCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "the body of a webhook call, or a request event like those in events/")
    private List<Path> files;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        DeliveryMap map = new DeliveryMap(options.integration(), Clock.systemUTC());
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ArrayNode deliveries = report.putArray("deliveries");
        files.forEach(file -> deliveries.add(map.of(file)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report);
        } else {
            print(deliveries, out);
        }
        return ExitCode.DONE.number();
    }

    private static void print(ArrayNode deliveries, PrintWriter out) {
        Table table = new Table("SIDE", "KEY", "COLUMN", "CHOICE", "DECIDED AT", "REASON");
        for (JsonNode delivery : deliveries) {
            String side = delivery.path("side").asText();
            String key = delivery.path("key").asText("-");
            for (JsonNode choice : delivery.path("choices")) {
                table.row(
                        side,
                        key,
                        choice.path("mapping").asText(),
                        choice.path("value").asText(),
                        choice.path("decided_at").asText(),
                        "");
            }
            for (JsonNode ignored : delivery.path("ignored")) {
                table.row(
                        side,
                        key,
                        ignored.path("mapping").asText(),
                        "-",
                        "-",
                        ignored.path("reason").asText());
            }
        }
        table.print(out);
    }
}
