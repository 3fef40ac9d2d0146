using System.Text;

namespace ChatOps.Tests.Secrets;

/// <summary>Secrets in the surroundings where they are met. Tokens are put together here, so that no scanner takes this file for a leak.</summary>
internal static class SecretCorpus
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Lower + "0123456789";
    private const string Url = Alphanumeric + "_-";
    private const string Hex = "0123456789abcdef";
    private const string UpperNumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Texts with <c>§</c> where the secret stands, and the secret.</summary>
    public static IReadOnlyList<(string Text, string Secret)> All { get; } = [.. Vendors(), .. Contexts(), .. Addresses(), .. Commands(), .. Headers(), .. Manifests()];

    /// <summary>A reproducible random text.</summary>
    /// <param name="prefix">How it begins.</param>
    /// <param name="alphabet">What it is made of.</param>
    /// <param name="length">Characters behind the prefix.</param>
    public static string Make(string prefix, string alphabet, int length)
    {
        var random = new Random(prefix.Length * 7919 + length);
        var text = new StringBuilder(prefix);
        for (var index = 0; index < length; index++)
            text.Append(alphabet[random.Next(alphabet.Length)]);
        return text.ToString();
    }

    /// <summary>A private key block of a kind, with plausible content.</summary>
    /// <param name="kind">Such as <c>RSA </c>.</param>
    /// <param name="lines">Full lines of content.</param>
    public static string Pem(string kind, int lines)
    {
        var text = new StringBuilder($"-----BEGIN {kind}PRIVATE KEY-----\n");
        for (var line = 0; line < lines; line++)
            text.Append(Make("M", Alphanumeric + "+/", 63)).Append('\n');
        return text.Append("AgMBAAE=\n-----END ").Append(kind).Append("PRIVATE KEY-----\n").ToString();
    }

    /// <summary>The lines of content of a private key block.</summary>
    /// <param name="pem">The block.</param>
    public static IEnumerable<string> Body(string pem) => pem.Split('\n').Where(line => line.Length > 40 && !line.StartsWith('-'));

    private static IEnumerable<(string, string)> Vendors()
    {
        yield return ("AWS_ACCESS_KEY_ID=§", Make("AKIA", UpperNumeric, 16));
        yield return ("found key § in bucket logs-prod", Make("ASIA", UpperNumeric, 16));
        yield return ("https://maps.googleapis.com/maps/api/js?key=§&v=3", Make("AIza", Url, 35));
        yield return ("oauth: §", Make("ya29.", Url, 60));
        yield return ("client § rotated", Make("GOCSPX-", Url, 28));
        yield return ("git clone with §", Make("ghp_", Alphanumeric, 36));
        yield return ("remote: (§) denied", Make("gho_", Alphanumeric, 36));
        yield return ("app server §.", Make("ghs_", Alphanumeric, 36));
        yield return ("use \"§\"", Make("github_pat_", Alphanumeric, 22) + "_" + Make("", Alphanumeric, 59));
        yield return ("runner registered with §", Make("glpat-", Url, 20));
        yield return ("job §", Make("glcbt-", Url, 24));
        yield return ("bot=§", Make("xoxb-", "0123456789", 12) + "-" + Make("", "0123456789", 13) + "-" + Make("", Alphanumeric, 24));
        yield return ("app level § here", Make("xapp-1-A", "0123456789ABC", 10) + "-" + Make("", Hex, 64));
        yield return ("curl -X POST https://hooks.slack.com/services/§", "T" + Make("", UpperNumeric, 8) + "/B" + Make("", UpperNumeric, 8) + "/" + Make("", Alphanumeric, 24));
        yield return ("POST https://discord.com/api/webhooks/§ 204", "112233445566778899/" + Make("", Url, 68));
        yield return ("discord login §", Make("MTEyMjMzNDQ1NTY2", Alphanumeric, 8) + "." + Make("", Alphanumeric, 6) + "." + Make("", Url, 38));
        yield return ("GET /bot123456789:§/getUpdates", Make("AA", Url, 33));
        yield return ("telegram 987654321:§ ok", Make("AA", Url, 33));
        yield return ("charge failed for §", Make("sk_live_", Alphanumeric, 24));
        yield return ("restricted §", Make("rk_test_", Alphanumeric, 40));
        yield return ("signing with §", Make("whsec_", Alphanumeric, 32));
        yield return ("model key § used", Make("sk-proj-", Url, 60) + "7a9");
        yield return ("legacy §", Make("sk-", Alphanumeric, 46) + "42");
        yield return ("claude: §", Make("sk-ant-" + "api03-", Url, 80));
        yield return ("//registry.npmjs.org/:_authToken=§", Make("npm_", Alphanumeric, 36));
        yield return ("twine upload -u __token__ with §", Make("pypi-AgEIcHlwaS5vcmc", Url, 80));
        yield return ("hub §", Make("dckr_pat_", Url, 27));
        yield return ("VAULT: §", Make("hvs.", Url, 90));
        yield return ("mail §", Make("SG.", Url, 22) + "." + Make("", Url, 43));
        yield return ("twilio api key §", Make("SK", Hex, 32));
        yield return ("doctl auth init -t §", Make("dop_v1_", Hex, 64));
        yield return ("origin ca §", Make("v1.0-", Hex, 24) + "-" + Make("", Hex, 146));
        yield return ("mailgun §", Make("key-", Hex, 32));
        yield return ("shop §", Make("shpat_", Hex, 32));
        yield return ("linear §", Make("lin_api_", Alphanumeric, 40));
        yield return ("figma §", Make("figd_", Url, 40));
        yield return ("databricks §", Make("dapi", Hex, 32));
        yield return ("grafana §", Make("glsa_", Alphanumeric, 32) + "_" + Make("", Hex, 8));
        yield return ("new relic §", Make("NRAK-", UpperNumeric, 27));
        yield return ("hugging face §", Make("hf_", Alphanumeric, 34));
        yield return ("groq §", Make("gsk_", Alphanumeric, 52));
        yield return ("pulumi login §", Make("pul-", Hex, 40));
        yield return ("jira §", Make("ATATT3xFfGF0", Url, 170) + "=" + Make("", "0123456789ABCDEF", 8));
        yield return ("age identity §", Make("AGE-SECRET-KEY-1", UpperNumeric, 58));
        yield return ("azure app §", Make("abC", "x", 0) + "8Q~" + Make("", Alphanumeric, 34));
        yield return ("tailscale up --auth-key=§", Make("tskey-auth-k1", Alphanumeric, 12) + "CNTRL-" + Make("", Alphanumeric, 32));
        yield return ("terraform login: §", Make("", Alphanumeric, 14) + ".atlasv1." + Make("", Alphanumeric, 67));
        yield return ("session § expired", Make("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI", Alphanumeric, 30) + "." + Make("", Url, 43));
        yield return ("root:§:19700:0:99999:7:::", "$6$" + Make("", Alphanumeric, 8) + "$" + Make("", Alphanumeric + "./", 86));
        yield return ("deploy:§:19700:0:99999:7:::", "$y$j9T$" + Make("", Alphanumeric, 22) + "$" + Make("", Alphanumeric + "./", 43));
        yield return ("admin:§", "$2y$10$" + Make("", Alphanumeric + "./", 53));
        yield return ("admin:§", "$apr1$" + Make("", Alphanumeric, 8) + "$" + Make("", Alphanumeric, 22));
        yield return ("url?next=x%26t%3D§%26y", Make("ghp_", Alphanumeric, 36));
        yield return ("{\"log\":\"line\\n§ in text\"}", Make("AKIA", UpperNumeric, 16));
    }

    private static IEnumerable<(string, string)> Contexts()
    {
        yield return ("DB_PASSWORD=§", "hunter2-prod");
        yield return ("export DB_PASSWORD='§'", "it is a long one");
        yield return ("MYSQL_ROOT_PASSWORD: §", "s3cr3t");
        yield return ("PGPASSWORD=§ psql -h db", "kitten");
        yield return ("password: §", "correct horse battery staple");
        yield return ("  password: §  # the old one", "tr0ub4dor&3");
        yield return ("password = §", "swordfish");
        yield return ("\"password\": \"§\",", "p\\\"q and more");
        yield return ("{\"user\":\"bob\",\"password\":\"§\",\"port\":5432}", "abc123");
        yield return ("{\"log\":\"{\\\"password\\\":\\\"§\\\"}\"}", "Zx9-plain");
        yield return ("'passwd' => '§',", "phpsecret1");
        yield return ("$config['db_password'] = '§';", "phpsecret2");
        yield return ("spring.datasource.password=§", "Spr1ng!");
        yield return ("<password>§</password>", "xml-secret");
        yield return ("<add key=\"SmtpPassword\" value=\"§\" />", "configsecret");
        yield return ("Server=db;Database=app;User Id=sa;Password=§;Encrypt=true", "Pa55;word".Replace(";", "", StringComparison.Ordinal));
        yield return ("\"Default\": \"Host=db;Username=app;Password=§\"", "Npg5ql");
        yield return ("host=db user=app password=§ dbname=shop", "libpq-secret");
        yield return ("DefaultEndpointsProtocol=https;AccountName=logs;AccountKey=§;EndpointSuffix=core.windows.net", Make("", Alphanumeric + "+/", 86) + "==");
        yield return ("Endpoint=sb://bus.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=§", Make("", Alphanumeric + "+/", 43) + "=");
        yield return ("aws_secret_access_key = §", Make("", Alphanumeric + "+/", 40));
        yield return ("AWS_SECRET_ACCESS_KEY: \"§\"", Make("/", Alphanumeric + "+/", 39));
        yield return ("api_key=§", Make("", Hex, 32));
        yield return ("X-Api-Key: §", Make("", Alphanumeric, 24));
        yield return ("x-vault-token: §", Make("s.", Alphanumeric, 24));
        yield return ("PRIVATE-TOKEN: §", Make("", Alphanumeric, 20));
        yield return ("clientSecret: '§'", Make("", Alphanumeric, 30));
        yield return ("\"client_secret\" : \"§\"", Make("", Url, 30));
        yield return ("\"refresh_token\":\"§\"", Make("0.A", Url, 100));
        yield return ("JWT_SECRET=§", "a-very-secret-sentence-1");
        yield return ("SECRET_KEY = '§'", "django-insecure-x7)q!");
        yield return ("secret_key_base: §", Make("", Hex, 128));
        yield return ("encryption_key: §", Make("", Hex, 64));
        yield return ("HEROKU_API_KEY=§", "3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        yield return ("Using generated security password: §", "2bc8f1e4-6d2a-4b1c-9c70-1f2e3d4c5b6a");
        yield return ("GET /login?user=bob&password=§&next=/ HTTP/1.1", "qwerty99");
        yield return ("callback?access_token=§&state=1", Make("", Alphanumeric, 40));
        yield return ("requirepass §".Replace(" ", ": ", StringComparison.Ordinal), "redispw9");
        yield return ("wpa_passphrase=§", "my wifi is yours".Replace(" ", "", StringComparison.Ordinal));
        yield return ("psk=\"§\"", "wifi password here");
        yield return ("ansible_become_pass: §", "b3come");
        yield return ("SMTP_PASS=§", "mailpw12");
        yield return ("DB_PASSWORD_PROD=§", "prodpw12");
        yield return ("ADMIN_PASSWORD2=§", "twopw22");
        yield return ("password_hash: §", "0b47c69b1033498d5f33f5f7d97bb6a3126134751629f4d0185c115db44c094e");
        yield return ("TF_VAR_db_password=§", "tfvar-pw");
        yield return ("docker run -e POSTGRES_PASSWORD=§ postgres", "dockerpw");
        yield return ("\"Env\": [\"POSTGRES_PASSWORD=§\",\"PATH=/usr/bin\"]", "inspectpw");
        yield return ("Environment=API_TOKEN=§", "unit-file-token-77");
        yield return ("data-token=\"§\"", Make("", Alphanumeric, 24));
        yield return ("MY_SECRET_SAUCE=§", Make("Aa1Bb2", Alphanumeric, 24));
        yield return ("[12:00:01] INFO auth.password=§ user=bob", "logged-pw-1");
        yield return ("Password:§", "nospace1");
        yield return ("pwd=§;", "dsnpwd77");
        yield return ("sessionid=§; path=/", Make("aB3", Alphanumeric, 29));
        yield return ("STRIPE_WEBHOOK_SECRET: §", Make("", Alphanumeric, 30));
        yield return ("slack_signing_secret: §", Make("", Hex, 32));
        yield return ("machine api.example.com login bob password §", "netrcpw1");
        yield return ("machine api.example.com\n  login bob\n  password §", "netrcpw2");
        yield return ("- name: DB_PASSWORD\n  value: §", "envvalue");
        yield return ("- name: \"API_TOKEN\"\n  value: \"§\"", "envvalue-77");
        yield return ("{\"name\":\"DB_PASSWORD\",\"value\":\"§\"}", "inlinevalue");
        yield return ("\"name\": \"DB_PASSWORD\",\n\"value\": \"§\"", "belowvalue");
        yield return ("db:\n  password: |\n    §\n  host: db", "blockscalar");
        yield return ("PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n§\nPrivate-MAC: 00", Make("AAAAI", Alphanumeric, 43));
        yield return ("password:\u00a0§", "nbsp-secret");
    }

    private static IEnumerable<(string, string)> Addresses()
    {
        yield return ("postgres://app:§@db.internal:5432/shop", "pgpass1");
        yield return ("amqp://guest:§@rabbit:5672/%2f", "rabbitpw");
        yield return ("redis://:§@cache:6379/0", "cachepw1");
        yield return ("mongodb+srv://root:§@cluster0.mongodb.net/?retryWrites=true", "mongo%40pw");
        yield return ("git remote add origin https://bob:§@git.example.com/r.git", "gitpass9");
        yield return ("https://§@sentry.example.com/42", Make("", Hex, 32));
        yield return ("ftp://anonymous:§@host/", "p@ss".Replace("@", "%40", StringComparison.Ordinal));
        yield return ("mysql://root:§@db/app", "with/slash#1");
        yield return ("app:§@tcp(10.0.0.5:3306)/shop?parseTime=true", "godsn-pw");
        yield return ("DATABASE_URL=\"mysql://u:§@h/db\"", "quoted1");
        yield return ("proxy=http://user:§@proxy:3128", "proxypw");
    }

    private static IEnumerable<(string, string)> Commands()
    {
        yield return ("mysql -u root -p§ -h db", "attached1");
        yield return ("mysqldump -uroot -p'§' shop", "quoted pw");
        yield return ("sshpass -p § ssh root@host", "sshpw123");
        yield return ("redis-cli -h cache -a § ping", "redispw1");
        yield return ("curl -u admin:§ https://api/", "curlpw12");
        yield return ("curl --user 'admin:§' https://api/", "curl pw 2");
        yield return ("docker login -u bob -p § registry.example.com", "dockpw12");
        yield return ("helm registry login -u bob --password § r.example.com", "helmpw12");
        yield return ("tool --password=§ --verbose", "flagpw12");
        yield return ("tool --api-key § run", Make("k1", Alphanumeric, 22));
        yield return ("tool --token \"§\"", Make("t2", Alphanumeric, 22));
        yield return ("ldapsearch -x -D cn=admin -w § -b dc=x", "ldappw12");
        yield return ("openssl rsa -in k.pem -passin pass:§", "opensslpw");
        yield return ("kubectl create secret generic db --from-literal=password=§", "literalpw");
        yield return ("htpasswd -b".Replace("-b", "file; password=§", StringComparison.Ordinal), "htpw1234");
    }

    private static IEnumerable<(string, string)> Headers()
    {
        yield return ("Authorization: Bearer §", Make("", Alphanumeric, 40));
        yield return ("authorization: Basic §", "Ym9iOmh1bnRlcjI=");
        yield return ("Authorization: §", Make("", Alphanumeric, 40));
        yield return ("curl -H \"Authorization: token §\" https://api", Make("", Hex, 40));
        yield return ("curl -H 'Authorization: Bearer §' https://api | jq .", Make("", Url, 30));
        yield return ("\"Authorization\": \"Bearer §\"", Make("", Url, 30));
        yield return ("Proxy-Authorization: Basic §", "YWxhZGRpbjpvcGVuc2VzYW1l");
        yield return ("Cookie: session=§; theme=dark", Make("", Hex, 32));
        yield return ("> cookie: a=1; sid=§", Make("", Url, 40));
        yield return ("Set-Cookie: id=§; Path=/; HttpOnly", Make("", Url, 40));
        yield return ("sent Bearer § to upstream", Make("a1", Url, 40));
    }

    private static IEnumerable<(string, string)> Manifests()
    {
        yield return ("apiVersion: v1\ndata:\n  password: §\nkind: Secret\nmetadata:\n  name: db", "aHVudGVyMg==");
        yield return ("apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  anything: §\n", "c29tZXRoaW5n");
        yield return ("apiVersion: v1\nkind: Secret\nstringData:\n  config.yaml: |\n    §\ntype: Opaque", "user: bob, place: home");
        yield return ("{\n    \"apiVersion\": \"v1\",\n    \"data\": {\n        \"ca\": \"§\"\n    },\n    \"kind\": \"Secret\"\n}", "Y2VydGlmaWNhdGU=");
        yield return ("{\"apiVersion\":\"v1\",\"data\":{\"plain\":\"§\"},\"kind\":\"Secret\"}", "cGxhaW4tdmFsdWU=");
        yield return ("last: '{\\\"apiVersion\\\":\\\"v1\\\",\\\"data\\\":{\\\"x\\\":\\\"§\\\"},\\\"kind\\\":\\\"Secret\\\"}'", "ZXNjYXBlZC12YWx1ZQ==");
        yield return ("apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    one: §\n  kind: Secret\n  metadata:\n    name: a\nkind: List", "Zmlyc3QtdmFsdWU=");
        yield return ("    client-key-data: §", Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem("", 4))));
        yield return ("    client-key-data: §", Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem("RSA ", 4))));
        yield return ("key=§", Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem("EC ", 4))));
        yield return ("key=§", Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem("OPENSSH ", 4))));
        yield return ("key=§", Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem("ENCRYPTED ", 4))));
        yield return ("{\"auths\":{\"r.example.com\":{\"auth\":\"§\"}}}", "Ym9iOmh1bnRlcjI=");
    }
}
