/** How values and decisions are told to people and programs. */
@NullMarked
package io.github.consentbridge.sync.report;

import org.jspecify.annotations.NullMarked;
