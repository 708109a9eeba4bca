/** What the console's page asks: one class per resource. docs/console-api.yaml describes it. */
@NullMarked
package io.github.consentbridge.standalone.console.api;

import org.jspecify.annotations.NullMarked;
