using ChatOps.Policy;

namespace ChatOps.Tests.Policy;

/// <summary>What an on-call engineer types all day runs at once: a gate that cries wolf is clicked through.</summary>
public sealed class EverydayLinesTests
{
    private const string Lines = """
        uptime
        uptime -p
        df -h
        df -hT
        df -i
        free -m
        free -h
        du -sh /var/* | sort -h
        du -sh /var/log/* 2>/dev/null | sort -rh | head -n 20
        du -h --max-depth=1 / 2>/dev/null | sort -hr | head
        du -ahx /var | sort -rh | head -20
        ps aux
        ps aux | grep nginx
        ps aux | grep '[n]ginx'
        ps aux | grep -v grep | grep java
        ps -ef | grep java | awk '{print $2}'
        ps aux --sort=-%mem | head -n 11
        ps aux --sort=-%cpu | head
        ps -eo pid,ppid,cmd,%mem,%cpu --sort=-%mem | head
        ps -eo pid,etime,args | grep -i worker
        ps -fp 1234
        ps -p 1 -o comm=
        ps axo pid,stat,cmd | awk '$2 ~ /^D/'
        ps -eLf | wc -l
        pgrep -fl python
        pstree -p
        top -b -n 1 | head -20
        top -bn1 | grep 'Cpu(s)'
        vmstat 1 5
        iostat -x 1 3
        mpstat -P ALL
        sar -u 1 3
        nproc
        lscpu | grep -i model
        cat /proc/cpuinfo | grep 'model name' | uniq
        cat /proc/meminfo
        cat /proc/loadavg
        cat /proc/1/status
        cat /proc/net/dev
        cat /etc/os-release
        cat /etc/hosts
        cat /etc/resolv.conf
        cat /etc/fstab
        cat /etc/passwd | cut -d: -f1
        awk -F: '{print $1}' /etc/passwd
        awk -F: '$3 >= 1000 {print $1}' /etc/passwd
        awk '{print $1}' /var/log/nginx/access.log | sort | uniq -c | sort -rn | head
        awk '{print $9}' /var/log/nginx/access.log | sort | uniq -c | sort -rn
        awk '$9 ~ /^5/ {print $7}' /var/log/nginx/access.log | sort | uniq -c | sort -nr | head -20
        awk '{sum += $10} END {print sum/1024/1024 " MB"}' /var/log/nginx/access.log
        awk '{a[$1]++} END {for (i in a) print a[i], i}' /var/log/nginx/access.log | sort -rn | head
        awk 'NR % 10 == 0' /var/log/syslog
        awk '/error/ && !/debug/ {print NR": "$0}' app.log
        awk -v t=500 '$NF > t {print $1, $NF}' access.log
        tail -n 100 /var/log/syslog | grep -i error
        tail -f /var/log/syslog
        tail -100 /var/log/nginx/error.log
        tail -n +1 /var/log/nginx/*.log
        head -n 50 /var/log/dpkg.log
        head -c 200 /var/log/syslog
        grep -i error /var/log/syslog | tail -n 20
        grep -c 'HTTP/1.1" 500' /var/log/nginx/access.log
        grep -rn 'out of memory' /var/log
        grep -rl 'timeout' /var/log/nginx
        grep -E 'error|warn|fatal' /var/log/app/app.log | tail -50
        grep -A 5 -B 5 Exception app.log
        grep -v '^#' /etc/ssh/sshd_config | grep -v '^$'
        grep -oP 'user=\K\w+' /var/log/auth.log | sort | uniq -c
        grep 'Failed password' /var/log/auth.log | awk '{print $11}' | sort | uniq -c | sort -nr | head
        egrep -i 'panic|oops' /var/log/kern.log
        zgrep -i error /var/log/syslog.1.gz | head
        zcat /var/log/syslog.2.gz | grep -c oom
        sed -n '100,200p' /var/log/syslog
        sed -n '/start/,/end/p' app.log
        sed 's/^[ ]*//' x.txt | head
        cat app.log | tr -s ' ' | cut -d ' ' -f 3 | sort | uniq -c | sort -rn
        cut -d, -f2,3 data.csv | sort -u | wc -l
        wc -l /var/log/*.log
        find /var/log -name '*.log' -mtime -1
        find /var/log -type f -size +100M
        find / -xdev -type f -size +500M 2>/dev/null
        find /tmp -maxdepth 1 -mmin -60 -ls
        find /var/log -name '*.gz' | wc -l
        find /etc -name '*.conf' -newer /etc/hosts
        find . -type d -empty
        find /var/log -type f -printf '%s %p\n' | sort -rn | head
        find /var/log -name '*.log' -exec wc -l {} +
        ls -la
        ls -lah /var/log | head
        ls -lt /var/log | head -n 20
        ls -1 /etc/nginx/sites-enabled
        ls -l /proc/1/exe
        stat /etc/hosts
        file /usr/bin/ls
        readlink -f /usr/bin/java
        tree -L 2 /etc/nginx
        which python3
        journalctl -u nginx --since "1 hour ago"
        journalctl -u nginx --since "1 hour ago" --no-pager | tail -n 50
        journalctl -xe --no-pager
        journalctl -p err -b --no-pager
        journalctl -k --since today | grep -i oom
        journalctl -u docker -n 100 -o cat
        journalctl --disk-usage
        journalctl -f -u cron
        systemctl status nginx
        systemctl status nginx.service --no-pager -l
        systemctl list-units --type=service --state=running
        systemctl --failed
        systemctl is-active nginx && echo up || echo down
        systemctl list-timers --all
        systemctl list-unit-files | grep enabled
        systemctl cat nginx
        systemctl show nginx -p ActiveState
        service nginx status
        ss -tlnp
        ss -tulpn | grep :80
        ss -s
        ss -tan | awk '{print $1}' | sort | uniq -c
        ss -o state established '( dport = :https or sport = :https )'
        netstat -tulpn
        netstat -an | grep ESTABLISHED | wc -l
        netstat -ant | awk '{print $6}' | sort | uniq -c | sort -n
        ip a
        ip -br a
        ip addr show eth0
        ip route
        ip -s link
        ping -c 3 example.com
        ping -c 1 -W 2 10.0.0.1
        dig +short example.com
        dig example.com MX +noall +answer
        host example.com
        nslookup example.com
        traceroute -n example.com
        mtr -r -c 10 example.com
        curl -s http://localhost:8080/health
        curl -s localhost:9200/_cluster/health | jq .
        curl -sI https://example.com | head -n 1
        curl -s -o /dev/null -w '%{http_code} %{time_total}\n' https://example.com
        curl -sS --max-time 5 http://127.0.0.1:9090/metrics | grep -v '^#' | head
        nc -zv db1.internal 5432
        echo | openssl s_client -connect example.com:443 -servername example.com 2>/dev/null | openssl x509 -noout -dates
        openssl x509 -in /etc/nginx/ssl/site.pem -noout -enddate
        docker ps
        docker ps -a
        docker ps --format '{{.Names}}'
        docker ps --format 'table {{.Names}}\t{{.Status}}\t{{.Ports}}'
        docker ps -q | wc -l
        docker logs --tail 100 web
        docker logs --since 10m web 2>&1 | grep -i error
        docker logs -f web
        docker stats --no-stream
        docker images | head
        docker inspect -f '{{.State.Health.Status}}' web
        docker system df
        docker exec web ps aux
        docker compose ps
        docker compose logs --tail=100 api
        docker top web
        docker network ls
        kubectl get pods
        kubectl get pods -A
        kubectl get pods -A | grep -v Running
        kubectl get pods -n prod -o wide
        kubectl get pods --all-namespaces --field-selector=status.phase!=Running
        kubectl get nodes
        kubectl get deploy,svc,ing -n prod
        kubectl get events -n prod --sort-by='.lastTimestamp' | tail -n 20
        kubectl describe pod web-7d9f -n prod
        kubectl describe node node-1 | grep -A 5 Conditions
        kubectl logs web-7d9f -n prod --tail=200
        kubectl logs -f deploy/web -c app
        kubectl logs web-7d9f --previous | grep -i exception
        kubectl top nodes
        kubectl top pods -n prod --sort-by=memory | head
        kubectl rollout status deployment/web
        kubectl rollout history deployment/web
        kubectl get pod web -o jsonpath='{.status.podIP}'
        kubectl get pods -o json | jq -r '.items[].metadata.name'
        kubectl get cm app -o yaml
        kubectl config get-contexts
        kubectl version --client
        kubectl exec web-7d9f -n prod -- ls -la /app
        helm list -A
        helm history web -n prod
        git status
        git log --oneline -10
        git log -5 --stat
        git log --since='2 days ago' --pretty=format:'%h %an %s'
        git diff --stat
        git diff HEAD~1
        git show --stat HEAD
        git branch -a
        git branch --show-current
        git remote -v
        git rev-parse HEAD
        git blame README.md
        psql -c "SELECT count(*) FROM pg_stat_activity"
        psql -U postgres -c "SELECT pid, now() - query_start AS age, query FROM pg_stat_activity WHERE state = 'active' ORDER BY age DESC LIMIT 10"
        psql -l
        psql -d app -c '\dt'
        mysql -e 'SHOW PROCESSLIST'
        mysql -e 'SHOW SLAVE STATUS\G'
        mysqladmin status
        redis-cli ping
        redis-cli info memory | grep used_memory_human
        redis-cli -h cache llen jobs
        pg_isready -h db1
        rabbitmqctl list_queues name messages consumers
        nginx -t
        nginx -T | grep server_name
        crontab -l
        mount | grep ext4
        findmnt
        lsblk
        lsof -i :443
        lsof -nP -iTCP -sTCP:LISTEN
        lsof /var/log/syslog
        lsof +L1
        who
        w
        last -n 10
        id
        whoami
        hostname
        hostname -I
        date
        date -u '+%Y-%m-%d %H:%M:%S'
        timedatectl
        uname -a
        dmesg -T | tail -n 50
        dmesg | grep -i 'oom\|killed process'
        sysctl -n net.core.somaxconn
        sysctl -a 2>/dev/null | grep tcp_tw
        apt list --upgradable 2>/dev/null
        apt-cache policy nginx
        dpkg -l | grep nginx
        rpm -qa | grep kernel
        dnf list installed
        snap list
        pip list --outdated
        npm ls --depth=0
        getent hosts example.com
        iptables -L -n -v --line-numbers
        ufw status
        md5sum /usr/bin/ls
        sha256sum release.tar.gz
        tar -tzf backup.tar.gz | head
        diff /etc/hosts /etc/hosts.bak
        timeout 10 tail -f /var/log/syslog
        time curl -s -o /dev/null http://localhost/
        find /var/log -name '*.log' | xargs ls -lh
        echo '--- disk ---'; df -h; echo '--- memory ---'; free -m
        test -f /etc/nginx/nginx.conf && echo present
        [ -d /var/www ] && ls /var/www
        ! pgrep -x nginx
        cat /var/log/syslog | grep -i error | awk '{print $5}' | sort | uniq -c | sort -rn | head -10
        sort -t, -k2,2n -k1,1 data.csv | head
        seq 1 5 | paste -sd+ - | bc
        """;

    public static TheoryData<string> Reads() => [.. Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    [Theory]
    [MemberData(nameof(Reads))]
    public void It_runs_at_once(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk == Risk.Read, $"'{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}");
        Assert.NotNull(assessment.Program);
        Assert.StartsWith("read.", assessment.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_150_of_them() => Assert.True(Reads().Count >= 150);
}
