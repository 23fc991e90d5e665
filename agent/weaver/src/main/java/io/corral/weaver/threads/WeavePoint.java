package io.corral.weaver.threads;

/**
 * The places in the JDK's methods at which hooks are called. A class is woven only if all its
 * points are found.
 */
public enum WeavePoint {
    PLATFORM_FORK(Target.THREAD, "a call of start0() in Thread.start"),
    PLATFORM_EXIT(Target.THREAD, "Thread.exit()"),
    CONSTRUCTED(Target.THREAD, "a constructor of Thread that calls Object's"),
    VIRTUAL_MEMBER(
            Target.VIRTUAL_THREAD, "the field runContinuation set in VirtualThread's constructor"),
    VIRTUAL_FORK(
            Target.VIRTUAL_THREAD, "the first submission in VirtualThread.start(ThreadContainer)"),
    VIRTUAL_READY(
            Target.VIRTUAL_THREAD,
            "a method submitRunContinuation without a result in VirtualThread"),
    /** Woven only if queued time is measured. */
    VIRTUAL_SUBMISSION(
            Target.VIRTUAL_THREAD,
            "a use of the field runContinuation in VirtualThread.submitRunContinuation"),
    VIRTUAL_MOUNT(Target.VIRTUAL_THREAD, "a call of mount() in VirtualThread.runContinuation()"),
    VIRTUAL_DISMOUNT(
            Target.VIRTUAL_THREAD, "a call of unmount() in VirtualThread.runContinuation()"),
    VIRTUAL_EXIT(
            Target.VIRTUAL_THREAD,
            "a call of StackableScope.popAll() in VirtualThread.run(Runnable)"),
    VIRTUAL_DONE(Target.VIRTUAL_THREAD, "VirtualThread.afterDone(boolean)");

    /** The class of a point. */
    public enum Target {
        THREAD("java/lang/Thread"),
        VIRTUAL_THREAD("java/lang/VirtualThread");

        private final String internalName;

        Target(String internalName) {
            this.internalName = internalName;
        }

        public String internalName() {
            return internalName;
        }
    }

    private final Target target;
    private final String shape;

    WeavePoint(Target target, String shape) {
        this.target = target;
        this.shape = shape;
    }

    public Target target() {
        return target;
    }

    /** The description of the point, for messages. */
    public String shape() {
        return shape;
    }
}
