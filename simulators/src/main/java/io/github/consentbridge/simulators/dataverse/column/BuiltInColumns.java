package io.github.consentbridge.simulators.dataverse.column;

import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.bigInt;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.bool;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.choice;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.dateTime;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.lookup;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.memo;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.text;
import static io.github.consentbridge.simulators.dataverse.column.SimulatedColumn.uniqueIdentifier;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The built-in columns of {@code contact} that consents and identity need.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/contact">contact</a>
 */
public final class BuiltInColumns {
    private BuiltInColumns() {}

    public static List<SimulatedColumn> all() {
        return List.of(
                uniqueIdentifier("contactid").onlyForCreate(),
                bigInt("versionnumber").readOnly(),
                dateTime("createdon", DateTimeBehavior.USER_LOCAL).readOnly(),
                dateTime("modifiedon", DateTimeBehavior.USER_LOCAL).readOnly(),
                lookup("createdby", "createdby", "systemuser").readOnly(),
                lookup("modifiedby", "modifiedby", "systemuser").readOnly(),
                lookup("masterid", "masterid", "contact").readOnly(),
                bool("merged").readOnly(),
                text("fullname", 160).readOnly(),
                text("firstname", 50),
                text("lastname", 50),
                text("emailaddress1", 100).labelled("Email"),
                text("emailaddress2", 100),
                text("emailaddress3", 100),
                text("mobilephone", 50),
                text("telephone1", 50),
                text("externaluseridentifier", 50),
                text("adx_identity_username", 100),
                text("governmentid", 50),
                text("employeeid", 50),
                memo("description", 2000),
                SimulatedColumn.state(new TreeMap<>(Map.of(0, "Active", 1, "Inactive"))),
                SimulatedColumn.status(new TreeMap<>(Map.of(1, "Active", 2, "Inactive"))),
                bool("donotemail").labelled("Do not allow Emails"),
                bool("donotbulkemail").labelled("Do not allow Bulk Emails"),
                bool("donotphone").labelled("Do not allow Phone Calls"),
                bool("donotfax").labelled("Do not allow Faxes"),
                bool("donotpostalmail").labelled("Do not allow Mails"),
                bool("donotbulkpostalmail").labelled("Do not allow Bulk Mails"),
                bool("donotsendmm").labelled("Send Marketing Materials"),
                bool("followemail").labelled("Follow Email Activity").defaultsTo(true),
                choice(
                                "preferredcontactmethodcode",
                                new TreeMap<>(Map.of(1, "Any", 2, "Email", 3, "Phone", 4, "Fax", 5, "Mail")))
                        .labelled("Preferred Method of Contact")
                        .defaultsTo(1),
                lookup("parentcustomerid", "parentcustomerid_account", "account"));
    }
}
