package io.github.consentbridge.simulators.dataverse.registration;

import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.bool;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.choice;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.dateTime;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.integer;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.lookup;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.memo;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.text;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.uniqueIdentifier;

import io.github.consentbridge.simulators.dataverse.column.DateTimeBehavior;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The columns of the tables in which webhooks are registered.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/register-web-hook">Register a
 *     webhook</a>
 */
public final class RegistrationColumns {
    public static final String ENDPOINT = "serviceendpoint";
    public static final String STEP = "sdkmessageprocessingstep";
    public static final String IMAGE = "sdkmessageprocessingstepimage";
    public static final String MESSAGE = "sdkmessage";
    public static final String FILTER = "sdkmessagefilter";

    private RegistrationColumns() {}

    static List<SimulatedColumn> endpoint() {
        return List.of(
                uniqueIdentifier("serviceendpointid").onlyForCreate(),
                text("name", 100),
                memo("description", 2000),
                choice(
                        "contract",
                        options(
                                "",
                                "OneWay",
                                "Queue",
                                "Rest",
                                "TwoWay",
                                "Topic",
                                "Queue_Persistent",
                                "EventHub",
                                "Webhook",
                                "EventGrid",
                                "Managed Data Lake",
                                "Container Storage")),
                choice(
                        "authtype",
                        options(
                                "Not Specified",
                                "ACS",
                                "SASKey",
                                "SASToken",
                                "WebhookKey",
                                "HttpHeader",
                                "HttpQueryString",
                                "ConnectionString",
                                "AccessKey",
                                "ManagedIdentity")),
                memo("authvalue", 2048).writeOnly(),
                bool("isauthvalueset").readOnly(),
                text("url", 2000),
                choice("messageformat", options("", "Binary XML", "Text XML", "Json"))
                        .defaultsTo(1),
                choice("connectionmode", options("", "Normal", "Federated")).defaultsTo(1),
                choice("userclaim", options("", "None", "UserId", "UserInfo")).defaultsTo(1),
                text("path", 160),
                text("solutionnamespace", 160),
                dateTime("createdon", DateTimeBehavior.USER_LOCAL).readOnly(),
                dateTime("modifiedon", DateTimeBehavior.USER_LOCAL).readOnly());
    }

    static List<SimulatedColumn> step() {
        return List.of(
                uniqueIdentifier("sdkmessageprocessingstepid").onlyForCreate(),
                text("name", 256),
                text("description", 256),
                choice("mode", options("Synchronous", "Asynchronous")),
                choice("stage", new TreeMap<>(Map.of(10, "Pre-validation", 20, "Pre-operation", 40, "Post-operation"))),
                integer("rank", 0, Integer.MAX_VALUE).defaultsTo(1),
                choice("supporteddeployment", options("Server Only", "Client Only", "Both"))
                        .defaultsTo(0),
                bool("asyncautodelete"),
                bool("canbebypassed"),
                bool("canusereadonlyconnection").onlyForCreate(),
                memo("filteringattributes", 100_000),
                memo("configuration", 1_000_000),
                choice("invocationsource", new TreeMap<>(Map.of(-1, "Internal", 0, "Parent", 1, "Child")))
                        .defaultsTo(0),
                SimulatedColumn.state(options("Enabled", "Disabled")),
                SimulatedColumn.status(options("", "Enabled", "Disabled")),
                lookup("eventhandler", "eventhandler_serviceendpoint", ENDPOINT),
                lookup("sdkmessageid", "sdkmessageid", MESSAGE),
                lookup("sdkmessagefilterid", "sdkmessagefilterid", FILTER),
                lookup("impersonatinguserid", "impersonatinguserid", "systemuser"),
                dateTime("createdon", DateTimeBehavior.USER_LOCAL).readOnly(),
                dateTime("modifiedon", DateTimeBehavior.USER_LOCAL).readOnly());
    }

    static List<SimulatedColumn> image() {
        return List.of(
                uniqueIdentifier("sdkmessageprocessingstepimageid").onlyForCreate(),
                text("name", 256),
                text("description", 256),
                text("entityalias", 256),
                choice("imagetype", options("PreImage", "PostImage", "Both")),
                text("messagepropertyname", 256),
                memo("attributes", 100_000),
                text("relatedattributename", 256),
                lookup("sdkmessageprocessingstepid", "sdkmessageprocessingstepid", STEP),
                dateTime("createdon", DateTimeBehavior.USER_LOCAL).readOnly(),
                dateTime("modifiedon", DateTimeBehavior.USER_LOCAL).readOnly());
    }

    static List<SimulatedColumn> message() {
        return List.of(uniqueIdentifier("sdkmessageid"), text("name", 256), bool("isprivate"));
    }

    static List<SimulatedColumn> filter() {
        return List.of(
                uniqueIdentifier("sdkmessagefilterid"),
                text("primaryobjecttypecode", 100),
                text("secondaryobjecttypecode", 100),
                bool("iscustomprocessingstepallowed"),
                lookup("sdkmessageid", "sdkmessageid", MESSAGE));
    }

    /** Numbered from 0; an empty label skips its number. */
    private static Map<Integer, String> options(String... labels) {
        Map<Integer, String> options = new TreeMap<>();
        for (int number = 0; number < labels.length; number++) {
            if (!labels[number].isEmpty()) {
                options.put(number, labels[number]);
            }
        }
        return options;
    }
}
