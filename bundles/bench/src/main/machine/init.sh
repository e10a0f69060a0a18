#!/bb/busybox sh
# The first program in the machine.
PATH=/bb
/bb/busybox --install -s /bb
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/shm
for folder in /dev/shm /tmp /run; do
    mount -t tmpfs tmpfs $folder
done
while read -r module; do
    insmod "$module"
done </early
share() {
    mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,$2" "$1" "/$1" && return
    echo "machine: cannot mount /$1"
    echo o >/proc/sysrq-trigger
    sleep 60
}
share usr ro,cache=loose
share jdk ro,cache=loose
share carillon ro,cache=loose
share share rw,cache=none
echo 'root:x:0:0:root:/root:/bin/sh' >/etc/passwd
echo 'root:x:0:' >/etc/group
echo '127.0.0.1 localhost machine' >/etc/hosts
hostname machine
ifconfig lo 127.0.0.1 2>/dev/null
export HOME=/root PATH=/usr/sbin:/usr/bin:/bb
while read -r module; do
    case $module in
        */dummy_hcd.ko) insmod "$module" num=2 ;;
        *) insmod "$module" ;;
    esac
done </late
mount -t configfs configfs /sys/kernel/config
echo "machine: up after $(cut -d ' ' -f 1 /proc/uptime) s"
cd /share || exit
sh ./command
status=$?
echo "machine: status $status after $(cut -d ' ' -f 1 /proc/uptime) s"
echo $status >/share/status
sync
echo o >/proc/sysrq-trigger
sleep 60
