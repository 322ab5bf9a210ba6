#!/bin/sh
# Process 1 of the User Mode Linux in which a test tries control groups of version 2. The host's files are its root,
# read-only; whatever it writes lies in its own memory. Options come from the file beside this one.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
mount -t proc proc /proc
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
mount -t sysfs sysfs /sys
here=$(dirname "$0")
# What the test needs is below /tmp of the host, which the guest covers with a file system of its own.
mount -t tmpfs -o mode=0755 tmpfs /mnt
mkdir /mnt/given
mount --bind "$here" /mnt/given
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=0755 tmpfs /run
ip link set lo up 2>/dev/null
mount -t cgroup2 cgroup2 /sys/fs/cgroup
echo "+memory +pids +cpu" >/sys/fs/cgroup/cgroup.subtree_control
# Who it is for is an option of the kernel, which hands those that it does not know to process 1.
group=/sys/fs/cgroup/$who
mkdir "$group" "/tmp/$who"
user=
if [ "$who" = ordinary ]; then
  # What systemd does for Delegate=yes.
  chown 1001 "$group" "$group/cgroup.procs" "$group/cgroup.subtree_control" "$group/cgroup.threads" "/tmp/$who"
  user="setpriv --reuid 1001 --regid 1001 --clear-groups"
fi
# shellcheck disable=SC2046,SC2086
(echo "$who"; echo 0 >"$group/cgroup.procs"; exec $user $(cat /mnt/given/java) "/tmp/$who" </dev/null 2>&1) |
  sed "s/^/guest $who: /"
echo "guest is done"
sync
# Nothing may be left for process 1 to end on: that would be a panic.
exec halt -f
