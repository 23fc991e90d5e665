package io.corral.agent.weave;

/** The places in the JDK's methods at which hooks are called. All of a class must be there, or none is used. */
public enum WeavePoint {
    PLATFORM_FORK(Target.THREAD, "a call of start0() in Thread.start"),
    PLATFORM_EXIT(Target.THREAD, "Thread.exit()"),
    CONSTRUCTED(Target.THREAD, "a constructor of Thread that calls Object's"),
    VIRTUAL_MEMBER(
            Target.VIRTUAL_THREAD, "the field runContinuation set in VirtualThread's constructor"),
    VIRTUAL_FORK(
            Target.VIRTUAL_THREAD, "the first submission in VirtualThread.start(ThreadContainer)"),
    VIRTUAL_MOUNT(Target.VIRTUAL_THREAD, "a call of mount() in VirtualThread.runContinuation()"),
    VIRTUAL_DISMOUNT(
            Target.VIRTUAL_THREAD, "a call of unmount() in VirtualThread.runContinuation()"),
    VIRTUAL_EXIT(
            Target.VIRTUAL_THREAD,
            "a call of StackableScope.popAll() in VirtualThread.run(Runnable)"),
    VIRTUAL_DONE(Target.VIRTUAL_THREAD, "VirtualThread.afterDone(boolean)");

    /** The class a point is in. */
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

    /** What is looked for, in the words of a message. */
    public String shape() {
        return shape;
    }
}
