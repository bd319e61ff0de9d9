"""What Streamlit itself says, in English only: each of its sentences as it stands in the browser, and ours in Chinese."""

from __future__ import annotations

from gzdash.words import Text

# A place in braces stands for whatever Streamlit fills in there.
CONNECTION = (
    Text("连接中断", "Connection error"),
    Text(
        "服务器没有回应。请稍等，连上后页面会自己恢复；若一直如此，请检查网络或告诉管理员。",
        "Streamlit server is not responding. Are you connected to the internet?",
    ),
    Text(
        "服务器没有回应。如果是它停了，请在终端里重新启动：",
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
    ),
    Text("连接超时。", "Connection timed out."),
    Text("连接失败，状态码 {status}。", "Connection failed with status {status}."),
    Text("连接失败，状态码 {status}，服务器回答：", "Connection failed with status {status}, and response:"),
    Text("正在连接", "Connecting"),
    Text("正在连接服务器", "Connecting to Streamlit server"),
    Text("连不上服务器", "Unable to connect to Streamlit server"),
    Text("错误", "Error"),
    Text(
        "连接已断开，恢复后请再试一次。",
        "Connection lost. Please wait for the app to reconnect, then try again.",
    ),
    Text("消息无法读取", "Bad message format"),
    Text("运行出错", "Script execution error"),
    Text("没有说明", "No message"),
)

PAGE = (
    Text("找不到这一页", "Page not found"),
    Text(
        "没有名为 /{page} 的页面，已转到首页。",
        "You have requested page /{page}, but no corresponding file was found in the app's pages/ directory. "
        "Running the app's main page.",
    ),
    Text(
        "要找的页面不存在，已转到首页。",
        "The page that you have requested does not seem to exist. Running the app's main page.",
    ),
    Text("正在运行", "Running..."),
    Text("停止", "Stop"),
    Text("正在停止…", "Stopping..."),
    Text("停止运行", "Stop script"),
    Text("关闭", "Close"),
    Text("通知", "Notifications"),
    Text("跳到正文", "Skip to main content"),
    Text("页面", "App pages"),
    Text("打开侧栏", "Expand sidebar"),
    Text("收起侧栏", "Collapse sidebar"),
    Text("侧栏", "Sidebar"),
    Text("再看 {count} 页", "View {count} more"),
    Text("少列一些", "View less"),
    Text("回到首页", "Navigate to home page"),
    Text("主菜单", "Main menu"),
    Text("标志", "Logo"),
    Text("复制", "Copy to clipboard"),
    Text("已复制", "Copied"),
    Text("帮助", "Help"),
    Text("关于{subject}的帮助", "Help for {subject}"),
)

CHOICES = (
    Text("没有找到", "No results"),
    Text("没有可选的项目", "No options to select"),
    Text("没有可选的项目。", "No options to select."),
    Text("请选择一项", "Choose an option"),
    Text("请选择", "Choose options"),
    Text("选项", "Selectbox options"),
    Text("选项，可选多项", "Multiselect options"),
    Text("已选的项目", "Selected values"),
    Text("展开选项", "Open"),
    Text("清除所选", "Clear value"),
    Text("全部清除", "Clear all"),
    Text("全选", "Select all"),
    Text("选中匹配的 {count} 项", "Select {count} matches"),
    Text("清空", "Clear entry"),
    Text("{count} 个选项。", "{count} options available."),
    Text("1 个选项。", "1 option available."),
    Text("{option}，已选", "{option}, selected"),
    Text("打开选项", "Show suggestions"),
    Text("可选的项目", "Suggestions"),
    Text("收起", "Dismiss"),
    Text("按回车键生效", "Press Enter to apply"),
    Text("内容不符合要求。", "Invalid input."),
    Text("必填。", "This field is required."),
)

DATES = (
    Text("选择日期", "Choose date"),
    Text("选择日期，{month}", "Choose date, {month}"),
    Text("清除日期", "Clear date"),
    Text(
        "用方向键选日期，回车键确定，Esc 键关闭。",
        "Use arrow keys to navigate dates. Enter to select. Escape to close.",
    ),
    Text("上个月", "Previous month"),
    Text("下个月", "Next month"),
    # The field of a date is always an American one; these are not in its script but in the browser.
    Text("年，{label}", "year, {label}"),
    Text("月，{label}", "month, {label}"),
    Text("日，{label}", "day, {label}"),
    Text("年", "yyyy"),
    Text("月", "mm"),
    Text("日", "dd"),
)

UPLOADER = (
    Text("选择文件", "Upload"),
    Text("文件", "file upload"),
    Text("换一个文件", "Add files"),
    Text("添加", "add icon"),
    Text("把文件放在这里", "Drag and drop a file here"),
    Text("每个文件不超过 {size}：{types}", "{size} per file • {types}"),
    Text("移除 {name}", "Remove {name}"),
    Text("取消上传 {name}", "Cancel upload of {name}"),
    Text("上传失败", "Upload failed"),
    Text("点击重新上传", "Click to retry upload"),
    Text("错误：", "Error: "),
    Text("文件不能超过 {size}。", "File must be {size} or smaller."),
    Text("不接受 {type} 文件。", "{type} files are not allowed."),
    Text("文件太小。", "File size is too small."),
    Text("只能选一个文件。", "Only one file is allowed."),
    Text("没有成功，请再试一次。", "Unexpected error. Please try again."),
    Text("文件没有传上去", "Error uploading file"),
    Text("网络错误", "Network Error"),
)

# Buttons over a table; where the table has a name, they say it after a colon.
TOOLBAR = (
    Text("全屏", "Fullscreen"),
    Text("退出全屏", "Close fullscreen"),
    Text("查找", "Search"),
    Text("选择显示的列", "Show/hide columns"),
    Text("取消选择", "Clear selection"),
)

TABLE = (
    Text("（序号）", "(index)"),
    Text("列菜单", "Dataframe column menu"),
    Text("复制列名", "Copy column name"),
    Text("升序", "Sort ascending"),
    Text("降序", "Sort descending"),
    Text("统计", "Statistics"),
    Text("格式", "Format"),
    Text("适应列宽", "Autosize"),
    Text("固定此列", "Pin column"),
    Text("不再固定", "Unpin column"),
    Text("隐藏此列", "Hide column"),
    Text("数字", "number"),
    Text("文字", "text"),
    Text("输入要查找的内容", "Type to search"),
    Text("上一个", "Previous Result"),
    Text("下一个", "Next Result"),
    Text("关闭查找", "Close Search"),
    Text("1 处", "1 result"),
    Text("{count} 处", "{count} results"),
    Text("第 {place} 处，共 1 处", "{place} of 1 result"),
    Text("第 {place} 处，共 {count} 处", "{place} of {count} results"),
    Text("1,000 处以上", "over 1000"),
    Text("第 {place} 处，共 1,000 处以上", "{place} of over 1000"),
)

FORMATS = (
    Text("自动", "Automatic"),
    Text("按本地习惯", "Localized"),
    Text("不分节", "Plain"),
    Text("缩写", "Compact"),
    Text("美元", "Dollar"),
    Text("欧元", "Euro"),
    Text("日元", "Yen"),
    Text("百分数", "Percent"),
    Text("科学记数", "Scientific"),
    Text("会计", "Accounting"),
    Text("时长", "Duration"),
)

STATISTICS = (
    Text("没有数据", "No data"),
    Text("按抽样计算", "Based on sample"),
    Text("有值", "Values"),
    Text("空", "Empty"),
    Text("不同的值", "Distinct"),
    Text("平均数", "Average"),
    Text("标准差", "Standard deviation"),
    Text("最小", "Minimum"),
    Text("第 25 百分位", "25th percentile"),
    Text("中位数", "Median"),
    Text("第 75 百分位", "75th percentile"),
    Text("最大", "Maximum"),
    Text("合计", "Sum"),
    Text("最短字数", "Minimum length"),
    Text("最长字数", "Maximum length"),
    Text("平均字数", "Average length"),
    Text("区间", "Range"),
    Text("个数", "Count"),
    Text("分布直方图", "Distribution histogram"),
    Text("最多的值：{values}", "Top values frequency chart: {values}"),
)

FRAMEWORK = (
    *(*CONNECTION, *PAGE, *CHOICES, *DATES, *UPLOADER, *TOOLBAR, *TABLE, *FORMATS, *STATISTICS),
    *(Text(f"{one.zh}：{{table}}", f"{one.en}: {{table}}") for one in TOOLBAR),
)

# What a browser without scripts is told in place of the page.
WITHOUT_SCRIPTS = Text(
    "本系统的页面要用 JavaScript 显示。请在浏览器设置中允许本站使用 JavaScript，再刷新本页。",
    "The pages of this dashboard are drawn with JavaScript. Please allow it for this site in the settings of your browser and reload.",
)
