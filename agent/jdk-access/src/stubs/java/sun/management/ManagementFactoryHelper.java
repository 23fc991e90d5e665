package sun.management;

public class ManagementFactoryHelper {

    public static native HotspotThreadMBean getHotspotThreadMBean();

    public static native VMManagement getVMManagement();
}
