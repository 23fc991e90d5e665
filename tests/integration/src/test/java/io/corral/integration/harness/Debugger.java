package io.corral.integration.harness;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.PrimitiveValue;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A debugger of a forked JVM, which has the flag {@link #FLAG}. */
public final class Debugger implements AutoCloseable {

    public static final String FLAG =
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

    private final VirtualMachine machine;

    private Debugger(VirtualMachine machine) {
        this.machine = machine;
    }

    public static Debugger of(RunningJvm jvm) throws IOException {
        String address = jvm.rest("Listening for transport dt_socket at address: ");
        AttachingConnector connector =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                        .findFirst()
                        .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments
                .get("port")
                .setValue(address.substring(address.lastIndexOf(':') + 1).strip());
        try {
            return new Debugger(connector.attach(arguments));
        } catch (IllegalConnectorArgumentsException invalid) {
            throw new IllegalStateException(invalid);
        }
    }

    public void suspendAll() {
        machine.suspend();
    }

    public void resumeAll() {
        machine.resume();
    }

    public ThreadReference thread(String name) {
        return machine.allThreads().stream()
                .filter(thread -> thread.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Suspends the first thread that calls a method without overloads; others go on. */
    public EventSet suspendIn(String className, String method) throws InterruptedException {
        BreakpointRequest request = breakpoint(className, method);
        while (true) {
            EventSet events = machine.eventQueue().remove();
            if (events.stream().anyMatch(BreakpointEvent.class::isInstance)) {
                request.disable();
                return events;
            }
            events.resume();
        }
    }

    /**
     * Has so many calls of a method without a result return at once, on any thread.
     *
     * @param trigger causes the calls
     */
    public void skipCalls(String className, String method, int calls, Runnable trigger)
            throws Exception {
        onCalls(
                className,
                method,
                calls,
                trigger,
                thread -> thread.forceEarlyReturn(machine.mirrorOfVoid()));
    }

    /**
     * Has so many calls of a method throw an error, on any thread.
     *
     * @param trigger causes the calls
     */
    public void failCalls(String className, String method, int calls, Runnable trigger)
            throws Exception {
        onCalls(className, method, calls, trigger, this::throwError);
    }

    /**
     * Has so many calls of a method take longer, one after the other, on any thread.
     *
     * @param trigger causes the calls
     */
    public void delayCalls(
            String className, String method, int calls, long millis, Runnable trigger)
            throws Exception {
        onCalls(className, method, calls, trigger, thread -> Thread.sleep(millis));
    }

    /** Throws an error in a thread, at the place where it is. */
    public void throwError(ThreadReference thread) throws Exception {
        thread.stop(machine.classesByName("java.lang.OutOfMemoryError")
                .get(0)
                .instances(1)
                .get(0));
    }

    private interface Fault {

        void injectInto(ThreadReference thread) throws Exception;
    }

    private void onCalls(String className, String method, int calls, Runnable trigger, Fault fault)
            throws Exception {
        BreakpointRequest request = breakpoint(className, method);
        trigger.run();
        for (int left = calls; left > 0; ) {
            EventSet events = machine.eventQueue().remove();
            if (events.stream().anyMatch(each -> isOfEarlierRequest(each, request))) {
                // Its threads go on already.
                continue;
            }
            for (Event each : events) {
                if (each instanceof BreakpointEvent call && left > 0) {
                    left--;
                    fault.injectInto(call.thread());
                }
            }
            if (left > 0) {
                events.resume();
            }
        }
        request.disable();
        // Also those threads whose calls are beyond the number.
        machine.resume();
    }

    private static boolean isOfEarlierRequest(Event event, BreakpointRequest request) {
        return event instanceof BreakpointEvent call && !request.equals(call.request());
    }

    private BreakpointRequest breakpoint(String className, String method) {
        BreakpointRequest request = machine.eventRequestManager()
                .createBreakpointRequest(machine.classesByName(className)
                        .get(0)
                        .methodsByName(method)
                        .get(0)
                        .location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
        return request;
    }

    /**
     * The values of a field in all instances of a class that are not 0. The field is a number, or
     * an atomic one.
     */
    public List<Long> valuesOf(String className, String field) {
        List<Long> values = new ArrayList<>();
        for (ReferenceType type : machine.classesByName(className)) {
            for (ObjectReference each : type.instances(0)) {
                Value value = each.getValue(type.fieldByName(field));
                if (value instanceof ObjectReference atomic) {
                    value = atomic.getValue(atomic.referenceType().fieldByName("value"));
                }
                long number = ((PrimitiveValue) value).longValue();
                if (number != 0) {
                    values.add(number);
                }
            }
        }
        return values;
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException ended) {
            // The JVM has ended.
        }
    }
}
