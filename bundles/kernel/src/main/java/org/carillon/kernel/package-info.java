/**
 * The time thread. One thread, run by {@link org.carillon.kernel.KernelLoop}, owns everything here except
 * {@link org.carillon.kernel.KernelProxy}, {@link org.carillon.kernel.KernelComponent} and
 * {@link org.carillon.kernel.DriverHost}, which only hand it commands.
 *
 * <pre>
 *   ring -> Inlet -> SourcePort -> Connection (filter, ledger) -> DestinationPort (SysEx gate, debts) -> ring
 *                       ^   \
 *                       |    later deadline -> Scheduler
 *                       +----------------------/
 * </pre>
 */
package org.carillon.kernel;
