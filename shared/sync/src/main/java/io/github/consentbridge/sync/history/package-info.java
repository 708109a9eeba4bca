/** How what is known of a person came about: choices, writes and events in order, as a chain that shows gaps and edits. */
@org.jspecify.annotations.NullMarked
package io.github.consentbridge.sync.history;
