using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOps.Testing.Discord;

/// <summary>The form of what is sent, as strict as Discord and stricter where Discord is silent: a field that is not documented for the place is refused.</summary>
internal static partial class DiscordForm
{
    public const int IsComponentsV2 = 1 << 15;

    private const int Ephemeral = 1 << 6;
    private const int SuppressEmbeds = 1 << 2;
    private const int SuppressNotifications = 1 << 12;
    private const int MaxContent = 2000;
    private const int MaxComponents = 40;
    private const int MaxCardText = 4000;

    /// <summary>A message.</summary>
    public static void Message(JsonObject body, bool edit, bool interaction, int files)
    {
        Fields(body, "message", edit
            ? ["content", "embeds", "flags", "allowed_mentions", "components", "attachments"]
            : interaction ? ["content", "embeds", "allowed_mentions", "components", "attachments", "tts", "flags", "poll"]
            : ["content", "embeds", "allowed_mentions", "components", "attachments", "tts", "flags", "poll", "nonce", "enforce_nonce", "message_reference", "sticker_ids"]);
        var flags = (int?)body["flags"] ?? 0;
        if ((flags & ~(IsComponentsV2 | SuppressEmbeds | SuppressNotifications | (interaction ? Ephemeral : 0))) != 0) throw DiscordRefusalException.Form("flags");
        var content = (string?)body["content"] ?? "";
        if (content.Length > MaxContent) throw DiscordRefusalException.Form("content: Must be 2000 or fewer in length.");
        var v2 = (flags & IsComponentsV2) != 0;
        if (v2 && (content.Length > 0 || body["embeds"] is JsonArray { Count: > 0 })) throw DiscordRefusalException.Form("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
        if (body["nonce"] is { } nonce && ((string)nonce!).Length is 0 or > 25) throw DiscordRefusalException.Form("nonce: Must be 25 or fewer in length.");
        var components = body["components"] as JsonArray ?? [];
        Components(components, v2, files, body["attachments"] as JsonArray ?? []);
        Attachments(body["attachments"] as JsonArray ?? [], files);
        if (!edit && string.IsNullOrWhiteSpace(content) && components.Count == 0 && files == 0) throw new DiscordRefusalException(400, 50006, "Cannot send an empty message");
        if (body["allowed_mentions"] is JsonObject mentions) Fields(mentions, "allowed_mentions", ["parse", "users", "roles", "replied_user"]);
        if (body["message_reference"] is JsonObject reference) Fields(reference, "message_reference", ["type", "message_id", "channel_id", "guild_id", "fail_if_not_exists"]);
    }

    /// <summary>The first answer to an interaction.</summary>
    public static void Answer(JsonObject body, DiscordMade made)
    {
        Fields(body, "interaction response", ["type", "data"]);
        var type = (int?)body["type"] ?? throw DiscordRefusalException.Form("type");
        int[] allowed = made.Type switch
        {
            2 => [4, 5, 9],
            3 => [4, 5, 6, 7, 9],
            4 => [8],
            5 => made.Message is null ? [4, 5] : [4, 5, 6, 7],
            _ => [1],
        };
        if (!allowed.Contains(type)) throw DiscordRefusalException.Form($"type: {type} does not answer an interaction of type {made.Type}");
        var data = body["data"] as JsonObject;
        switch (type)
        {
            case 4 or 7:
                if (data is null) throw DiscordRefusalException.Form("data");
                Message(data, edit: type == 7, interaction: true, files: 0);
                break;
            case 5 or 6:
                if (data is not null && data.Any(d => d.Key != "flags")) throw DiscordRefusalException.Form("data of a deferral");
                break;
            case 8:
                Fields(data ?? throw DiscordRefusalException.Form("data"), "choices", ["choices"]);
                Choices(data["choices"] as JsonArray ?? throw DiscordRefusalException.Form("choices"));
                break;
            case 9:
                Modal(data ?? throw DiscordRefusalException.Form("data"));
                break;
        }
    }

    /// <summary>A set of commands.</summary>
    public static void Commands(JsonArray commands)
    {
        if (commands.Count > 100) throw DiscordRefusalException.Form("Maximum number of application commands reached");
        foreach (var command in commands.OfType<JsonObject>())
        {
            Fields(command, "command", ["name", "description", "options", "type", "default_member_permissions", "contexts", "integration_types", "nsfw"]);
            Named(command);
            if (Length(command) > 8000) throw DiscordRefusalException.Form("Command exceeds maximum size (8000)");
            Options(command["options"] as JsonArray ?? [], depth: 0);
        }
    }

    /// <summary>Refuses what is not documented.</summary>
    public static void Fields(JsonObject body, string what, IReadOnlyCollection<string> known)
    {
        foreach (var (name, _) in body)
        {
            if (!known.Contains(name)) throw DiscordRefusalException.Form($"{what}: unknown field '{name}'");
        }
    }

    private static void CheckAttached(JsonNode? reference, int files, JsonArray attachments)
    {
        var url = (string?)reference?["url"] ?? "";
        if (!url.StartsWith("attachment://", StringComparison.Ordinal) || files == 0 || attachments.All(a => (string?)a?["filename"] != url["attachment://".Length..]))
            throw DiscordRefusalException.Form("file: no such attachment");
    }

    private static void Components(JsonArray components, bool v2, int files, JsonArray attachments)
    {
        var all = DiscordPost.Walk(components).ToList();
        if (all.Count > MaxComponents) throw DiscordRefusalException.Form("components: more than 40");
        if (!v2 && components.Count > 5) throw DiscordRefusalException.Form("components: Must be between 1 and 5 in length.");
        if (!v2 && components.OfType<JsonObject>().Any(c => (int?)c["type"] != 1)) throw DiscordRefusalException.Form("components: only action rows");
        var ids = all.Select(c => (string?)c["custom_id"]).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count) throw DiscordRefusalException.Form("COMPONENT_CUSTOM_ID_DUPLICATED");
        var text = 0;
        foreach (var component in all)
        {
            switch ((int?)component["type"])
            {
                case 1:
                    Fields(component, "action row", ["type", "id", "components"]);
                    if (component["components"] is not JsonArray { Count: > 0 and <= 5 } row || row.OfType<JsonObject>().Any(c => (int?)c["type"] != 2)) throw DiscordRefusalException.Form("action row: 1 to 5 buttons");
                    break;
                case 2:
                    Fields(component, "button", ["type", "id", "style", "label", "emoji", "custom_id", "disabled"]);
                    if ((string?)component["custom_id"] is not { Length: > 0 and <= 100 }) throw DiscordRefusalException.Form("custom_id: Must be between 1 and 100 in length.");
                    if ((string?)component["label"] is not { Length: > 0 and <= 80 }) throw DiscordRefusalException.Form("label: Must be 80 or fewer in length.");
                    if ((int?)component["style"] is not (>= 1 and <= 4)) throw DiscordRefusalException.Form("style");
                    break;
                case 10 when v2:
                    Fields(component, "text display", ["type", "id", "content"]);
                    if ((string?)component["content"] is not { Length: > 0 } words) throw DiscordRefusalException.Form("text display: empty");
                    text += words.Length;
                    break;
                case 12 when v2:
                    Fields(component, "media gallery", ["type", "id", "items"]);
                    if (component["items"] is not JsonArray { Count: > 0 and <= 10 } items) throw DiscordRefusalException.Form("media gallery: 1 to 10 items");
                    foreach (var item in items.OfType<JsonObject>())
                    {
                        Fields(item, "media item", ["media", "description", "spoiler"]);
                        CheckAttached(item["media"], files, attachments);
                    }

                    break;
                case 13 when v2:
                    Fields(component, "file", ["type", "id", "file", "spoiler"]);
                    CheckAttached(component["file"], files, attachments);
                    break;
                case 17 when v2:
                    Fields(component, "container", ["type", "id", "components", "accent_color", "spoiler"]);
                    if ((int?)component["accent_color"] is < 0 or > 0xFFFFFF) throw DiscordRefusalException.Form("accent_color");
                    if (component["components"] is not JsonArray { Count: > 0 }) throw DiscordRefusalException.Form("container: empty");
                    break;
                default:
                    throw DiscordRefusalException.Form($"component type {component["type"]}");
            }
        }

        if (text > MaxCardText) throw DiscordRefusalException.Form("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED");
    }

    private static void Attachments(JsonArray attachments, int files)
    {
        if (attachments.Count > 10) throw DiscordRefusalException.Form("attachments: more than 10");
        foreach (var attachment in attachments.OfType<JsonObject>())
        {
            Fields(attachment, "attachment", ["id", "filename", "description", "title"]);
            if (!int.TryParse((string?)attachment["id"], out var id) || id >= files) throw DiscordRefusalException.Form("attachments: no such file");
        }
    }

    private static void Modal(JsonObject data)
    {
        Fields(data, "modal", ["custom_id", "title", "components"]);
        if ((string?)data["custom_id"] is not { Length: > 0 and <= 100 } || (string?)data["title"] is not { Length: > 0 and <= 45 }) throw DiscordRefusalException.Form("modal");
        if (data["components"] is not JsonArray { Count: > 0 and <= 5 } components) throw DiscordRefusalException.Form("modal components");
        foreach (var label in components.OfType<JsonObject>())
        {
            Fields(label, "label", ["type", "id", "label", "description", "component"]);
            if ((int?)label["type"] != 18 || (string?)label["label"] is not { Length: > 0 and <= 45 } || label["component"] is not JsonObject input) throw DiscordRefusalException.Form("modal label");
            Fields(input, "text input", ["type", "id", "custom_id", "style", "min_length", "max_length", "required", "value", "placeholder"]);
            if ((int?)input["type"] != 4 || (string?)input["custom_id"] is not { Length: > 0 and <= 100 } || (int?)input["max_length"] is > 4000) throw DiscordRefusalException.Form("text input");
        }
    }

    private static void Options(JsonArray options, int depth)
    {
        if (options.Count > 25) throw DiscordRefusalException.Form("options: more than 25");
        if (options.Select(o => (string?)o?["name"]).Distinct().Count() != options.Count) throw DiscordRefusalException.Form("APPLICATION_COMMAND_OPTIONS_NAME_INVALID: not unique");
        var optional = false;
        foreach (var option in options.OfType<JsonObject>())
        {
            Fields(option, "option", ["type", "name", "description", "required", "choices", "options", "autocomplete", "min_length", "max_length", "min_value", "max_value"]);
            Named(option);
            var type = (int?)option["type"] ?? 0;
            if (type == 2 && depth > 0) throw DiscordRefusalException.Form("a group in a group");
            if (type == 1 && depth > 1) throw DiscordRefusalException.Form("too deep");
            if (type is 1 or 2)
            {
                if (type == 2 && option["options"] is not JsonArray { Count: > 0 }) throw DiscordRefusalException.Form("an empty group");
                Options(option["options"] as JsonArray ?? [], type == 2 ? 1 : 2);
                if (type == 2 && (option["options"] as JsonArray)!.Any(o => (int?)o?["type"] != 1)) throw DiscordRefusalException.Form("a group holds subcommands");
                continue;
            }

            if (type is not (3 or 4 or 5)) throw DiscordRefusalException.Form($"option type {type}");
            if ((bool?)option["required"] == true && optional) throw DiscordRefusalException.Form("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID: required options come first");
            optional |= (bool?)option["required"] != true;
            if (option["choices"] is JsonArray choices)
            {
                if ((bool?)option["autocomplete"] == true) throw DiscordRefusalException.Form("autocomplete and choices");
                Choices(choices);
            }

            if ((bool?)option["autocomplete"] == true && type == 5) throw DiscordRefusalException.Form("autocomplete of a flag");
        }
    }

    private static void Choices(JsonArray choices)
    {
        if (choices.Count > 25) throw DiscordRefusalException.Form("choices: more than 25");
        foreach (var choice in choices.OfType<JsonObject>())
        {
            Fields(choice, "choice", ["name", "value"]);
            if ((string?)choice["name"] is not { Length: > 0 and <= 100 } || (string?)choice["value"] is not { Length: > 0 and <= 100 }) throw DiscordRefusalException.Form("choice");
        }
    }

    private static void Named(JsonObject thing)
    {
        if ((string?)thing["name"] is not { } name || !CommandName().IsMatch(name) || name.Any(char.IsUpper)) throw DiscordRefusalException.Form($"name: {thing["name"]}");
        if ((string?)thing["description"] is not { Length: > 0 and <= 100 }) throw DiscordRefusalException.Form($"description of {name}");
    }

    private static int Length(JsonObject thing) => ((string?)thing["name"] ?? "").Length + ((string?)thing["description"] ?? "").Length
        + (thing["choices"] as JsonArray ?? []).Sum(c => ((string?)c?["name"] ?? "").Length + ((string?)c?["value"] ?? "").Length)
        + (thing["options"] as JsonArray ?? []).OfType<JsonObject>().Sum(Length);

    [GeneratedRegex(@"^[-_'\p{L}\p{N}]{1,32}$")]
    private static partial Regex CommandName();
}
